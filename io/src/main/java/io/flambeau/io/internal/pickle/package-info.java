/** Python's pickle, as far as PyTorch uses it for data: read without ever running code, and written. */
@NullMarked
package io.flambeau.io.internal.pickle;

import org.jspecify.annotations.NullMarked;

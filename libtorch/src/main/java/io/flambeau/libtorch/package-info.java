/** PyTorch's library as a side of the command {@code bench}. */
@NullMarked
package io.flambeau.libtorch;

import org.jspecify.annotations.NullMarked;

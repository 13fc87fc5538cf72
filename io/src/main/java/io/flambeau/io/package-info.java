/** File formats as functions between files and tensors. */
@NullMarked
package io.flambeau.io;

import org.jspecify.annotations.NullMarked;

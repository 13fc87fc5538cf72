/** Tensors, the operations they are made of, and the seams for backends and interpreters. */
@NullMarked
package io.flambeau.tensor;

import org.jspecify.annotations.NullMarked;

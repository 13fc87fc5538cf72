/** Elementwise functions beyond the primitive families. */
@NullMarked
package io.flambeau.tensor.op.math;

import org.jspecify.annotations.NullMarked;

/** Affine maps and products with weights. */
@NullMarked
package io.flambeau.tensor.op.linear;

import org.jspecify.annotations.NullMarked;

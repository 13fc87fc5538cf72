/** Sampling on grids. */
@NullMarked
package io.flambeau.tensor.op.vision;

import org.jspecify.annotations.NullMarked;

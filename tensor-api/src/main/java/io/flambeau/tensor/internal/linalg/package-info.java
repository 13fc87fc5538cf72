/**
 * Dense linear algebra on one row-major matrix of doubles: real, or complex with interleaved (re, im).
 *
 * <p>Every algorithm is written once over {@link io.flambeau.tensor.internal.linalg.Scalars}, the level-1 kernels of
 * its kind of number. Results keep
 * LAPACK's conventions (signs, pivots counted from 1, {@code info}) so that they agree with PyTorch's. Input that
 * cannot be factored is told by an
 * {@code info} above zero, never by an exception; iterations are bounded.
 */
@NullMarked
package io.flambeau.tensor.internal.linalg;

import org.jspecify.annotations.NullMarked;

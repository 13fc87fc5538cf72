/**
 * Special functions of one scalar at a time: pure, bit reproducible (arithmetic and {@link StrictMath} only),
 * accurate to a few units in the last place,
 * and with PyTorch's results at the special values.
 *
 * <p>Note [Chebyshev tables]: unless a source is named, a table of coefficients holds the Chebyshev series of the
 * function stated beside it,
 * obtained from values of 45 digits at the Chebyshev nodes (the discrete cosine sum), cut where terms fall below
 * 2e-18 of the largest.
 * Clenshaw's recurrence evaluates them (Abramowitz and Stegun; Numerical Recipes section 5.8).
 *
 * <p>Note [Functions in C]: beside their definitions stand the same functions in C, for backends that compile it
 * ({@link io.flambeau.tensor.op.Pointwise#functions}). They are named {@code sf_…}, take and give the widest real type W
 * of a device, so that results in float are those of the definitions but for a rounding, and share the tables, which are
 * pasted.
 */
@NullMarked
package io.flambeau.tensor.internal.special;

import org.jspecify.annotations.NullMarked;

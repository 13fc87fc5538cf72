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
 */
@NullMarked
package io.flambeau.tensor.internal.special;

import org.jspecify.annotations.NullMarked;

/**
 * Dense linear algebra on the last two axes: operations defined on the host (LAPACK's algorithms), their gradients
 * in operations.
 *
 * <p>Note [Gradients of factorisations]: the rules are those of Giles, Collected Matrix Derivative Results for
 * Forward and Reverse Mode Algorithmic
 * Differentiation (2008), in the complex form of PyTorch: a cotangent is a conjugate Wirtinger derivative, so
 * adjoints stand where real formulas have
 * transposes.
 */
@NullMarked
package io.flambeau.tensor.op.linalg;

import org.jspecify.annotations.NullMarked;

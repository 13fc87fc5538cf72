package io.flambeau.tensor.op;

import io.flambeau.tensor.Tensor;

/**
 * An operation that is defined by other operations: open to everyone.
 *
 * <p>The gradient follows from the decomposition. Where a backend registers a kernel, the kernel also runs in training:
 * it runs untracked, and the gradient re-runs the decomposition. {@link WithGradient} states a better one.
 */
public non-sealed interface Derived extends Op {
    /** The operation in terms of others; one tensor for each inferred spec. */
    Tensor[] decompose(Tensor[] in);

    /**
     * Whether backends may have kernels for it; false for an operation that holds functions of the user, which no table
     * of kernels shall keep alive.
     */
    default boolean mayHaveKernel() {
        return true;
    }

    /**
     * Whether hardly two calls are of equal operations, as where a random stream's position is part of them. Then kernels
     * are looked up for each call and not remembered.
     */
    default boolean isOneOff() {
        return false;
    }

    /** A derived operation that states its own gradient, because it is cheaper or more exact than the decomposition's. */
    interface WithGradient extends Derived {
        @Override
        Pullback pullback(Tensor[] in, Tensor[] out);
    }
}

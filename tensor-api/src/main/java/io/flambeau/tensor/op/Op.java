package io.flambeau.tensor.op;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An operation as a value: a record or an enum constant without arrays inside, so that equality, hashing and printing
 * come for free. Every subsystem is an interpreter of operations.
 *
 * <p>The five kinds differ in who runs them: a {@link Primitive} is a method of every backend, a {@link Pointwise} is
 * run by the backend's elementwise family, a {@link ViewOp} is layout arithmetic in the API, a {@link HostOp} runs on
 * the host unless a kernel is registered, a {@link Derived} is its decomposition unless a kernel is registered.
 */
public sealed interface Op permits Primitive, Pointwise, ViewOp, HostOp, Derived {
    /** The name that messages and traces show: the class or constant in camelCase. */
    default String title() {
        return Titles.of(this);
    }

    /**
     * What the outputs will be, from what the inputs are. All checks of arguments live here, so that every interpreter
     * reports the same errors.
     */
    Spec[] infer(Spec[] in);

    /**
     * The gradient rule for one call, or null where the operation has no gradient.
     *
     * <p>It is asked before the operation runs, so it may name inputs and outputs and read their specs, but not their
     * data.
     */
    default @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        return null;
    }

    /**
     * Whether element i of every output depends on element i of the inputs alone, so that a destination may be an input,
     * and the Jacobian is a diagonal.
     */
    default boolean isElementwise() {
        return false;
    }
}

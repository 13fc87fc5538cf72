package io.flambeau.tensor.spi;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;
import org.jspecify.annotations.Nullable;

/** A third party's kernels for operations it may not own, on a backend it may not own. */
public interface KernelProvider {
    /** The backend's name. */
    String backend();

    /** Providers of higher priority are asked first; the backend itself is asked last. */
    int priority();

    /**
     * A kernel for the operation on inputs of these specs, or null. The answer is cached.
     *
     * @param backend the opened backend
     */
    @Nullable Kernel kernel(Backend backend, Op op, Spec[] inputs);
}

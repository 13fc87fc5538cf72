package io.flambeau.tensor.op;

import io.flambeau.tensor.Spec;

/**
 * An operation defined on host arrays; it runs on any backend by copying to the host, unless a kernel is registered.
 * Its gradient is written in operations.
 */
public non-sealed interface HostOp extends Op {
    /** Computes the outputs. */
    HostArray[] run(HostArray[] in);

    /**
     * Whether the outputs' shapes are known only after running, as for nonzero. Then {@link #infer} only checks the
     * inputs and gives nothing.
     */
    default boolean dataDependent() {
        return false;
    }

    /** Convenience for {@link #infer} of operations whose outputs are not known before they have run. */
    Spec[] UNKNOWN = {};
}

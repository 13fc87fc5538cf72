package io.flambeau.tensor.spi;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;

/** A meaning of operations: running them, recording them for gradients, writing them down, batching them. */
public interface Interpreter {
    /** Gives the operation's outputs for these inputs. */
    Tensor[] bind(Op op, Tensor[] inputs);

    /**
     * Writes the operation's outputs into the destinations, whose specs equal the inferred ones. A destination may be
     * one of the inputs.
     */
    void bindInto(Op op, Tensor[] inputs, Tensor[] destinations);

    /** Whether a derived operation on these inputs would be run as a whole, not by its decomposition. */
    default boolean runsWhole(Op op, Tensor[] inputs) {
        return false;
    }
}

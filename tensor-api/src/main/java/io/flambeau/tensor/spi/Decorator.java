package io.flambeau.tensor.spi;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;

/** An interpreter that stands above gradients and hands on to the next one: batching, automatic casts. */
public interface Decorator {
    /** Gives the operation's outputs, by way of {@code next}. */
    Tensor[] bind(Op op, Tensor[] inputs, Interpreter next);

    /** As {@link #bind}, into destinations. */
    void bindInto(Op op, Tensor[] inputs, Tensor[] destinations, Interpreter next);
}

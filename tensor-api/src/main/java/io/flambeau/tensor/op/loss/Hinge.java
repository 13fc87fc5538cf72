package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/** What losses with a margin share. */
final class Hinge {
    private Hinge() {}

    /** x, and 0 where it is negative; at 0 the slope is 1. */
    static Tensor positive(Tensor x) {
        return x.zerosLike().where(x.lt(0), x);
    }
}

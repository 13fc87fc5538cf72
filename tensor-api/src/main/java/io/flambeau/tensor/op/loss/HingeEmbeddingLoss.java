package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/** x where the target is 1, and what x lacks to the margin where it is -1. */
public record HingeEmbeddingLoss(double margin, Reduction reduction) implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        Tensor zeros = in[0].zerosLike();
        Tensor near = in[0].where(in[1].ne(-1), zeros);
        return near.add(Hinge.positive(in[0].rsub(margin)).where(in[1].ne(1), zeros));
    }
}

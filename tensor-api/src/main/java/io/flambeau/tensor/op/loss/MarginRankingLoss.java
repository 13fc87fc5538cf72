package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/**
 * What is lacking that the first input exceeds the second by the margin, where the target is 1; the other way round
 * where it is -1. Inputs are both and the target.
 */
public record MarginRankingLoss(double margin, Reduction reduction) implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        return Hinge.positive(in[0].sub(in[1]).mul(in[2].neg()).add(margin));
    }
}

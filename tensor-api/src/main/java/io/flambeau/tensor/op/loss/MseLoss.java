package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/** The square of the difference. */
public record MseLoss(Reduction reduction) implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        return in[0].sub(in[1]).square();
    }
}

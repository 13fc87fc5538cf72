package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.activation.Smooth;

/** log(1 + exp(-y x)) of targets y that are 1 or -1. */
public record SoftMarginLoss(Reduction reduction) implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        return Tensor.bind(Smooth.LOG_SIGMOID, in[0].mul(in[1])).neg();
    }
}

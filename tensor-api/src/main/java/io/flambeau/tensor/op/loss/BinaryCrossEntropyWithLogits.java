package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.activation.Smooth;

/**
 * The cross entropy of the sigmoid of logits with targets from 0 to 1, formed without overflow. Inputs are the logits,
 * the targets, then weights and then weights of the positive class, where there are.
 */
public record BinaryCrossEntropyWithLogits(boolean weighted, boolean positiveWeighted, Reduction reduction)
        implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        Tensor logs = Tensor.bind(Smooth.LOG_SIGMOID, in[0]);
        if (positiveWeighted) {
            logs = logs.mul(in[in.length - 1].sub(1).mul(in[1]).add(1));
        }
        Tensor loss = in[1].rsub(1).mul(in[0]).sub(logs);
        return weighted ? loss.mul(in[2]) : loss;
    }
}

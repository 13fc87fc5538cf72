package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * The gradient of {@link CtcLoss} for the log-probabilities, taken as the result of a log-softmax: exp(logs) less the
 * share of each class in all alignments, as in PyTorch. Inputs are the cotangent and the inputs of the loss. It has no
 * gradient itself, and says so when one is asked for, as in PyTorch.
 */
public record CtcLossBackward(long blank) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        CtcLoss.check(this, in, 1);
        return new Spec[] {in[1]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        HostArray gradient = HostArray.zeros(in[1].dtype(), in[1].shape());
        Alignment[] samples = Alignment.of(this, blank, in, 1);
        for (int i = 0; i < samples.length; i++) {
            samples[i].gradient(in[0].reals()[i], gradient.reals());
        }
        return new HostArray[] {gradient};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.refused(this, in.length);
    }
}

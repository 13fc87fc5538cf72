package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/** The gradient of {@link LogSoftmax}: g - exp(y) sum(g). Inputs are the cotangent and the log-softmax. */
public record LogSoftmaxBackward(int axis) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the result", in[1]);
        if (in[1].shape().rank() > 0) {
            Laws.requireAxis(this, in[1], axis);
        }
        Laws.requireSame(this, in[0], in[1]);
        return new Spec[] {in[1]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        return new Tensor[] {in[0].sub(in[1].exp().mul(in[0].sum(true, axis)))};
    }
}

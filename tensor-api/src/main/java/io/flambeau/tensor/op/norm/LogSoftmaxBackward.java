package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;

/** The gradient of {@link LogSoftmax}: g - exp(y) sum(g). Inputs are the cotangent and the log-softmax. */
public record LogSoftmaxBackward(int axis) implements Derived {
    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {in[1]};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        return new Tensor[] {in[0].sub(in[1].exp().mul(in[0].sum(true, axis)))};
    }
}

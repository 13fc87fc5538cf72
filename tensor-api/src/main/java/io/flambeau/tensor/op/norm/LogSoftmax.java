package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * x - max - log(sum(exp(x - max))) along one axis.
 *
 * @param axis counted from 0
 */
public record LogSoftmax(int axis) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[0]);
        if (in[0].shape().rank() > 0) {
            Laws.requireAxis(this, in[0], axis);
        }
        return new Spec[] {in[0]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor x = in[0];
        if (x.count() == 0) {
            return new Tensor[] {x.clone()};
        }
        Tensor shifted = x.sub(x.detach().amax(true, axis));
        return new Tensor[] {shifted.sub(shifted.exp().sum(true, axis).log())};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(out[0]).of((g, s) -> Tensor.bind(new LogSoftmaxBackward(axis), g, s[0]));
    }
}

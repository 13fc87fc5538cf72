package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * exp(x - max) / sum along one axis; a row of -inf alone gives NaN, as in PyTorch.
 *
 * @param axis counted from 0
 */
public record Softmax(int axis) implements Fused, Derived.WithGradient {
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
        Tensor e = x.sub(x.detach().amax(true, axis)).exp();
        return new Tensor[] {e.div(e.sum(true, axis))};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(out[0]).of((g, s) -> Tensor.bind(new SoftmaxBackward(axis), g, s[0]));
    }
}

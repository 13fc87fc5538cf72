package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/** An elementwise function of one tensor with its slope, both in terms of other operations. */
public interface Activation extends Fused, Derived.WithGradient {
    Tensor value(Tensor x);

    /** The derivative at x; itself differentiable. */
    Tensor slope(Tensor x);

    @Override
    default boolean isElementwise() {
        return true;
    }

    @Override
    default Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[0]);
        return new Spec[] {in[0]};
    }

    @Override
    default Tensor[] define(Tensor[] in) {
        return new Tensor[] {value(in[0])};
    }

    @Override
    default Pullback pullback(Tensor[] in, Tensor[] out) {
        ActivationBackward backward = new ActivationBackward(this);
        return Pullback.saving(in[0]).of((g, s) -> Tensor.bind(backward, g, s[0]));
    }
}

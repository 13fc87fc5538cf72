package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/** The gradient of an activation: inputs are the cotangent and what it was a function of. */
public record ActivationBackward(Activation of) implements Fused {
    @Override
    public String title() {
        return of.title() + "Backward";
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        of.infer(new Spec[] {in[1]});
        Laws.requireShape(this, "the cotangent", in[0], in[1].shape());
        return new Spec[] {in[1]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        return new Tensor[] {in[0].mul(of.slope(in[1]))};
    }
}

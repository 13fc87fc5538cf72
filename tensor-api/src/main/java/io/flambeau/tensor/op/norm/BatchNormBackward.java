package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradients of {@link BatchNorm} for input, weight and bias. Inputs are the cotangent, the input, mean, biased
 * variance and, if there is one, the weight.
 */
public record BatchNormBackward(boolean weight, double eps) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[1]);
        Laws.requireShape(this, "the cotangent", in[0], in[1].shape());
        Spec parameter = weight ? in[4] : in[2];
        return new Spec[] {in[1], parameter, parameter};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor g = in[0];
        int[] axes = Standard.others(g.rank());
        Standard standard = Standard.of(in[1], eps, axes);
        Tensor slope = weight ? g.mul(Standard.channels(in[4], g.rank())) : g;
        return new Tensor[] {
            standard.gradient(slope, axes), g.mul(standard.hat()).sum(axes), g.sum(axes)
        };
    }
}

package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradients of {@link GroupNorm} for input, weight and bias. Inputs are the cotangent, the input, mean,
 * 1 / sqrt(variance + eps) and, if there is one, the weight.
 */
public record GroupNormBackward(long groups, boolean weight, double eps) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[1]);
        Laws.requireShape(this, "the cotangent", in[0], in[1].shape());
        Spec parameter = weight ? in[4] : in[2].with(Shape.of(in[1].shape().size(1)));
        return new Spec[] {in[1], parameter, parameter};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor g = in[0];
        int[] axes = Standard.others(g.rank());
        Standard standard = Standard.of(GroupNorm.grouped(in[1], groups), eps, 2);
        Tensor slope = weight ? g.mul(Standard.channels(in[4], g.rank())) : g;
        Tensor x = standard.gradient(GroupNorm.grouped(slope, groups), 2).reshape(g.shape());
        return new Tensor[] {x, g.mul(standard.hat().reshape(g.shape())).sum(axes), g.sum(axes)};
    }
}

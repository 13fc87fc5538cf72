package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradients of {@link LayerNorm} for input, weight and bias. Inputs are the cotangent, the input, mean,
 * 1 / sqrt(variance + eps) and, if there is one, the weight.
 */
public record LayerNormBackward(int axes, boolean weight, double eps) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[1]);
        Laws.requireShape(this, "the cotangent", in[0], in[1].shape());
        Shape shape = in[1].shape();
        Spec parameter = weight ? in[4] : in[2].with(shape.range(shape.rank() - axes, shape.rank()));
        return new Spec[] {in[1], parameter, parameter};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor g = in[0];
        int first = g.rank() - axes;
        int[] inner = Standard.from(first, g.rank());
        Standard standard = Standard.of(in[1], eps, inner);
        Tensor slope = weight ? g.mul(in[4]) : g;
        Shape parameter = g.shape().range(first, g.rank());
        return new Tensor[] {
            standard.gradient(slope, inner), g.mul(standard.hat()).sumTo(parameter), g.sumTo(parameter)
        };
    }
}

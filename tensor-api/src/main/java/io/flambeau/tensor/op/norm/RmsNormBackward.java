package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradients of {@link RmsNorm} for input and weight. Inputs are the cotangent, the input, 1 / sqrt(mean square +
 * eps) and, if there is one, the weight.
 */
public record RmsNormBackward(int axes, boolean weight, double eps) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[1]);
        Laws.requireShape(this, "the cotangent", in[0], in[1].shape());
        Shape shape = in[1].shape();
        Spec parameter = weight ? in[3] : in[1].with(shape.range(shape.rank() - axes, shape.rank()));
        return new Spec[] {in[1], parameter};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor g = in[0];
        Tensor x = in[1];
        int first = g.rank() - axes;
        int[] inner = Standard.from(first, g.rank());
        Tensor scale = RmsNorm.scale(x, eps, inner);
        Tensor hat = x.mul(scale);
        Tensor slope = weight ? g.mul(in[3].conj()) : g;
        Tensor along = slope.mul(hat.conj()).mean(true, inner);
        return new Tensor[] {
            slope.sub(hat.conj().mul(along)).mul(scale.conj()),
            g.mul(hat.conj()).sumTo(g.shape().range(first, g.rank()))
        };
    }
}

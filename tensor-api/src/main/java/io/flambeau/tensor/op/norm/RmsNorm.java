package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * Division by the root of the mean square over the last axes (Zhang and Sennrich, 2019), then times the weight of the
 * shape of those axes, if there is one.
 *
 * <p>The hidden output is 1 / sqrt(mean square + eps), with axes of size 1; see Note [Statistics beside the result].
 *
 * @param axes how many last axes are normalised, at least 1
 */
public record RmsNorm(int axes, boolean weight, double eps) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[0]);
        LayerNorm.requireAxes(this, in[0], axes);
        Shape shape = in[0].shape();
        int first = shape.rank() - axes;
        BatchNorm.requireAffine(this, in[0], shape.range(first, shape.rank()), in, 1, weight, false);
        Spec statistic = LayerNorm.statistic(in[0], first);
        return new Spec[] {in[0], statistic};
    }

    /** 1 / sqrt(mean square + eps); of complex numbers the square, not that of the modulus, as in PyTorch. */
    static Tensor scale(Tensor x, double eps, int... axes) {
        return x.square().mean(true, axes).add(eps).rsqrt();
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor x = in[0];
        Tensor scale = scale(x, eps, Standard.from(x.rank() - axes, x.rank()));
        Tensor y = x.mul(scale);
        return new Tensor[] {weight ? y.mul(in[1]) : y, scale};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        RmsNormBackward backward = new RmsNormBackward(axes, weight, eps);
        return Standard.pullback(backward, weight, false, in, out[1]);
    }
}

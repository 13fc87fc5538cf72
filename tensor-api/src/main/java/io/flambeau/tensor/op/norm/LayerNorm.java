package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;

/**
 * Layer normalisation (Ba, Kiros and Hinton, 2016): mean 0 and variance 1 over the last axes, then times the weight
 * plus the bias, both of the shape of those axes, where there are.
 *
 * <p>The hidden outputs are mean and 1 / sqrt(variance + eps), with axes of size 1; see Note [Statistics beside the
 * result].
 *
 * @param axes how many last axes are normalised, at least 1
 */
public record LayerNorm(int axes, boolean weight, boolean bias, double eps) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[0]);
        requireAxes(this, in[0], axes);
        Shape shape = in[0].shape();
        int first = shape.rank() - axes;
        BatchNorm.requireAffine(this, in[0], shape.range(first, shape.rank()), in, 1, weight, bias);
        Spec statistic = statistic(in[0], first);
        return new Spec[] {in[0], statistic, statistic};
    }

    static void requireAxes(Op op, Spec x, int axes) {
        if (axes < 1 || axes > x.shape().rank()) {
            throw new ShapeException(
                    op.title(),
                    "the input " + x.shape() + " has no " + axes + " axes to normalise",
                    Fault.SHAPE_MISMATCH);
        }
    }

    /** The spec of a statistic over the axes from one on. */
    static Spec statistic(Spec x, int first) {
        long[] sizes = x.shape().sizes();
        for (int i = first; i < sizes.length; i++) {
            sizes[i] = 1;
        }
        return x.with(Shape.of(sizes)).with(Standard.dtype(x));
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor x = in[0];
        Standard standard = Standard.of(x, eps, Standard.from(x.rank() - axes, x.rank()));
        Tensor y = weight ? standard.hat().mul(in[1]) : standard.hat();
        return new Tensor[] {bias ? y.add(in[in.length - 1]) : y, standard.mean(), standard.rstd()};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        LayerNormBackward backward = new LayerNormBackward(axes, weight, eps);
        return Standard.pullback(backward, weight, bias, in, out[1], out[2]);
    }
}

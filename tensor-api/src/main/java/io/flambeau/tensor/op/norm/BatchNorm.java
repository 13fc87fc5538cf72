package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * Batch normalisation by the batch's own statistics (Ioffe and Szegedy, 2015): each channel of x [N, C, ...] brought to
 * mean 0 and variance 1 over all other axes, then times the weight [C] plus the bias [C], where there are.
 *
 * <p>The hidden outputs are the mean [C] and the biased variance [C]; see Note [Statistics beside the result].
 */
public record BatchNorm(boolean weight, boolean bias, double eps) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Spec x = in[0];
        Standard.requireChannels(this, x);
        Shape channels = Shape.of(x.shape().size(1));
        if (x.shape().count() == channels.count() && x.shape().count() > 0) {
            throw new ShapeException(
                    title(),
                    "training needs more than one value for each channel, the input is " + x.shape(),
                    Fault.BAD_SHAPE);
        }
        requireAffine(this, x, channels, in, 1, weight, bias);
        Spec statistic = x.with(channels).with(Standard.dtype(x));
        return new Spec[] {x, statistic, statistic};
    }

    static void requireAffine(Derived op, Spec x, Shape shape, Spec[] in, int first, boolean weight, boolean bias) {
        int next = first;
        if (weight) {
            Laws.requireParameter(op, "the weight", in[next], x);
            Laws.requireShape(op, "the weight", in[next++], shape);
        }
        if (bias) {
            Laws.requireParameter(op, "the bias", in[next], x);
            Laws.requireShape(op, "the bias", in[next], shape);
        }
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor x = in[0];
        Standard standard = Standard.of(x, eps, Standard.others(x.rank()));
        Tensor y = standard.hat();
        if (weight) {
            y = y.mul(Standard.channels(in[1], x.rank()));
        }
        if (bias) {
            y = y.add(Standard.channels(in[in.length - 1], x.rank()));
        }
        return new Tensor[] {
            y, standard.mean().reshape(x.size(1)), standard.variance().reshape(x.size(1))
        };
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        BatchNormBackward backward = new BatchNormBackward(weight, eps);
        return Standard.pullback(backward, weight, bias, in, out[1], out[2]);
    }
}

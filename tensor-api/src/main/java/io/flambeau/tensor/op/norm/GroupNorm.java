package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Pullback;

/**
 * Group normalisation (Wu and He, 2018): the channels of x [N, C, ...] in groups, each group of each sample brought to
 * mean 0 and variance 1, then times the weight [C] plus the bias [C], where there are.
 *
 * <p>The hidden outputs are mean and 1 / sqrt(variance + eps), [N, groups]; see Note [Statistics beside the result].
 */
public record GroupNorm(long groups, boolean weight, boolean bias, double eps) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Standard.requireChannels(this, in[0]);
        long channels = in[0].shape().size(1);
        if (groups < 1 || channels % groups != 0) {
            throw new ShapeException(
                    title(),
                    "the number of groups, " + groups + ", does not divide the " + channels + " channels of the input "
                            + in[0].shape(),
                    Fault.BAD_ARGUMENT);
        }
        BatchNorm.requireAffine(this, in[0], Shape.of(channels), in, 1, weight, bias);
        Spec statistic = in[0].with(Shape.of(in[0].shape().size(0), groups)).with(Standard.dtype(in[0]));
        return new Spec[] {in[0], statistic, statistic};
    }

    /** x [N, C, ...] as [N, groups, the rest]. */
    static Tensor grouped(Tensor x, long groups) {
        long each = x.size(1) / groups * x.shape().range(2, x.rank()).count();
        return x.reshape(x.size(0), groups, each);
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor x = in[0];
        Standard standard = Standard.of(grouped(x, groups), eps, 2);
        Tensor y = standard.hat().reshape(x.shape());
        if (weight) {
            y = y.mul(Standard.channels(in[1], x.rank()));
        }
        if (bias) {
            y = y.add(Standard.channels(in[in.length - 1], x.rank()));
        }
        return new Tensor[] {
            y, standard.mean().reshape(x.size(0), groups), standard.rstd().reshape(x.size(0), groups)
        };
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        GroupNormBackward backward = new GroupNormBackward(groups, weight, eps);
        return Standard.pullback(backward, weight, bias, in, out[1], out[2]);
    }
}

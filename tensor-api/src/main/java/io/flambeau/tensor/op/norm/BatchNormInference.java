package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * Batch normalisation by given statistics: inputs are x [N, C, ...], the mean [C], the variance [C] and, where there
 * are, the weight [C] and the bias [C].
 */
public record BatchNormInference(boolean weight, boolean bias, double eps) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Spec x = in[0];
        Standard.requireChannels(this, x);
        Shape channels = Shape.of(x.shape().size(1));
        Laws.requireParameter(this, "the running mean", in[1], x);
        Laws.requireShape(this, "the running mean", in[1], channels);
        Laws.requireParameter(this, "the running variance", in[2], x);
        Laws.requireShape(this, "the running variance", in[2], channels);
        BatchNorm.requireAffine(this, x, channels, in, 3, weight, bias);
        return new Spec[] {x};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        int rank = in[0].rank();
        Tensor rstd = in[2].add(eps).rsqrt();
        Tensor scale = weight ? in[3].mul(rstd) : rstd;
        Tensor y = in[0].sub(Standard.channels(in[1], rank)).mul(Standard.channels(scale, rank));
        return new Tensor[] {bias ? y.add(Standard.channels(in[in.length - 1], rank)) : y};
    }
}

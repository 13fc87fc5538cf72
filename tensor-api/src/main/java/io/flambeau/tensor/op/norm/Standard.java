package io.flambeau.tensor.op.norm;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import java.util.Arrays;

/**
 * Values brought to mean 0 and variance 1 over some axes: what the normalisations share.
 *
 * <p>Note [Statistics beside the result]: a normalisation hands out mean and variance (or its root's reciprocal) so
 * that a kernel of the backward pass need not form them again. The definitions of the backward passes form them anew:
 * only so does the second derivative see how they depend on the input. Nothing flows back through these outputs.
 *
 * @param hat the standardised values
 * @param mean with axes of size 1
 * @param variance the biased one
 * @param rstd 1 / sqrt(variance + eps)
 */
record Standard(Tensor hat, Tensor mean, Tensor variance, Tensor rstd) {
    static Standard of(Tensor x, double eps, int... axes) {
        Tensor mean = x.mean(true, axes);
        Tensor centred = x.sub(mean);
        Tensor variance = centred.square().mean(true, axes);
        Tensor rstd = variance.add(eps).rsqrt();
        return new Standard(centred.mul(rstd), mean, variance, rstd);
    }

    /** The cotangent of x from that of {@link #hat}. */
    Tensor gradient(Tensor g, int... axes) {
        Tensor along = hat.mul(g.mul(hat).mean(true, axes));
        return g.sub(g.mean(true, axes)).sub(along).mul(rstd);
    }

    /**
     * The gradient rule of a normalisation. Its backward operation takes the cotangent, x, the statistics and the
     * weight, and gives the gradients of x, weight and bias.
     */
    static Pullback pullback(Fused backward, boolean weight, boolean bias, Tensor[] in, Tensor... statistics) {
        Tensor[] saved = new Tensor[statistics.length + (weight ? 2 : 1)];
        saved[0] = in[0];
        System.arraycopy(statistics, 0, saved, 1, statistics.length);
        if (weight) {
            saved[saved.length - 1] = in[1];
        }
        return Pullback.saving(saved).joint((g, s, needs) -> {
            Tensor[] inputs = new Tensor[s.length + 1];
            inputs[0] = g[0];
            System.arraycopy(s, 0, inputs, 1, s.length);
            Tensor[] all = Tensor.bindAll(backward, inputs);
            return bias && !weight ? new Tensor[] {all[0], all[2]} : Arrays.copyOf(all, needs.length);
        });
    }

    /** The dtype of statistics: F32 beside half-precision values. */
    static DType dtype(Spec x) {
        return x.dtype().isHalf() ? DType.F32 : x.dtype();
    }

    /** The axes from one on. */
    static int[] from(int first, int rank) {
        int[] axes = new int[Math.max(rank - first, 0)];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = first + i;
        }
        return axes;
    }

    /** All axes but the channels'. */
    static int[] others(int rank) {
        int[] axes = new int[rank - 1];
        for (int i = 1; i < axes.length; i++) {
            axes[i] = i + 1;
        }
        return axes;
    }

    /** A vector over channels as [C, 1, ...], to stand beside x of a rank. */
    static Tensor channels(Tensor vector, int rank) {
        long[] sizes = new long[rank - 1];
        Arrays.fill(sizes, 1);
        sizes[0] = vector.size(0);
        return vector.reshape(sizes);
    }

    static void requireChannels(Op op, Spec x) {
        if (x.shape().rank() < 2) {
            throw new ShapeException(
                    op.title(), "the input must have at least 2 axes, its shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        Laws.requireRealFloating(op, "the input", x);
    }
}

package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Window;
import io.flambeau.tensor.op.conv.ConstantPad;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormInference;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.RmsNorm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Normalisations. */
abstract sealed class NormFunctions extends PoolFunctions permits EmbeddingFunctions {
    NormFunctions() {}

    /** The operation on those of its inputs that there are. */
    static Tensor[] bound(Op op, @Nullable Tensor... in) {
        Tensor[] there = new Tensor[in.length];
        int n = 0;
        for (Tensor x : in) {
            if (x != null) {
                there[n++] = x;
            }
        }
        return Tensor.bindAll(op, n == in.length ? there : Arrays.copyOf(there, n));
    }

    /**
     * Batch normalisation: in training by the batch's own statistics, else by the running ones.
     *
     * @param x [N, C, ...]
     * @param runningMean [C], or null; in training overwritten by (1 - momentum) old + momentum new
     * @param runningVar [C], or null; likewise, with the unbiased variance
     * @param weight [C], or null
     * @param bias [C], or null
     */
    public static Tensor batchNorm(
            Tensor x,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean training,
            double momentum,
            double eps) {
        if (x.count() == 0) {
            return x.clone();
        }
        if (!training) {
            if (runningMean == null || runningVar == null) {
                throw new ArgumentException(
                        "batchNorm", "runningMean and runningVar are needed outside training", Fault.BAD_ARGUMENT);
            }
            Op op = new BatchNormInference(weight != null, bias != null, eps);
            return bound(op, x, runningMean, runningVar, weight, bias)[0];
        }
        Tensor[] out = bound(new BatchNorm(weight != null, bias != null, eps), x, weight, bias);
        if (x.count() == 0) {
            return out[0];
        }
        Tensors.noGrad(() -> {
            long n = x.count() / Math.max(x.size(1), 1);
            track(runningMean, out[1], momentum);
            track(runningVar, out[2].mul((double) n / Math.max(n - 1, 1)), momentum);
        });
        return out[0];
    }

    private static void track(@Nullable Tensor running, Tensor now, double momentum) {
        if (running != null) {
            Tensor mixed = running.mul(1 - momentum).add(now.detach().mul(momentum));
            running.copy_(mixed);
        }
    }

    /**
     * Instance normalisation: each channel of each sample by its own statistics, or by the running ones.
     *
     * @param x [N, C, ...]
     * @param useInputStats whether by its own; then the running ones, if there are, are updated by the mean over
     *     samples
     */
    public static Tensor instanceNorm(
            Tensor x,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean useInputStats,
            double momentum,
            double eps) {
        if (!useInputStats) {
            return batchNorm(x, runningMean, runningVar, weight, bias, false, momentum, eps);
        }
        if (x.rank() < 2 || x.shape().range(2, x.rank()).count() == 1) {
            throw new ShapeException(
                    "instanceNorm",
                    "needs more than one value for each channel of a sample, the input is " + x.shape(),
                    Fault.BAD_SHAPE);
        }
        if (runningMean != null || runningVar != null) {
            Tensors.noGrad(() -> {
                Tensor flat = x.detach().flatten(2);
                track(runningMean, flat.mean(2).mean(0), momentum);
                track(runningVar, flat.var(1, false, 2).mean(0), momentum);
            });
        }
        return bound(new GroupNorm(x.size(1), weight != null, bias != null, eps), x, weight, bias)[0];
    }

    /** Instance normalisation without parameters. */
    public static Tensor instanceNorm(Tensor x) {
        return instanceNorm(x, null, null, null, null, true, 0.1, 1e-5);
    }

    /** Groups of the channels of each sample of x [N, C, ...] to mean 0 and variance 1. */
    public static Tensor groupNorm(Tensor x, long groups) {
        return groupNorm(x, groups, null, null, 1e-5);
    }

    /**
     * @param weight [C], or null
     * @param bias [C], or null
     */
    public static Tensor groupNorm(Tensor x, long groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
        return bound(new GroupNorm(groups, weight != null, bias != null, eps), x, weight, bias)[0];
    }

    private static int lastAxes(String operation, Tensor x, long[] normalized) {
        if (normalized.length == 0) {
            throw new ArgumentException(
                    operation, "normalizedShape is []; it must have at least 1 axis", Fault.BAD_ARGUMENT);
        }
        int first = x.rank() - normalized.length;
        if (first < 0 || !x.shape().range(first, x.rank()).equals(Shape.of(normalized))) {
            throw new ShapeException(
                    operation,
                    "the input " + x.shape() + " does not end in normalizedShape " + Arrays.toString(normalized),
                    Fault.SHAPE_MISMATCH);
        }
        return normalized.length;
    }

    public static Tensor layerNorm(Tensor x, long... normalizedShape) {
        return layerNorm(x, normalizedShape, null, null, 1e-5);
    }

    /**
     * The last axes to mean 0 and variance 1, times the weight, plus the bias.
     *
     * @param normalizedShape the sizes of these axes
     * @param weight of that shape, or null
     * @param bias of that shape, or null
     */
    public static Tensor layerNorm(
            Tensor x, long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
        int axes = lastAxes("layerNorm", x, normalizedShape);
        return bound(new LayerNorm(axes, weight != null, bias != null, eps), x, weight, bias)[0];
    }

    public static Tensor rmsNorm(Tensor x, long... normalizedShape) {
        return rmsNorm(x, normalizedShape, null, null);
    }

    /**
     * The last axes divided by the root of their mean square, times the weight.
     *
     * @param normalizedShape the sizes of these axes
     * @param weight of that shape, or null
     * @param eps added to the mean square; null for the dtype's epsilon
     */
    public static Tensor rmsNorm(Tensor x, long[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
        int axes = lastAxes("rmsNorm", x, normalizedShape);
        double floor = eps == null ? x.dtype().epsilon() : eps;
        return bound(new RmsNorm(axes, weight != null, floor), x, weight)[0];
    }

    public static Tensor localResponseNorm(Tensor x, long size) {
        return localResponseNorm(x, size, 1e-4, 0.75, 1);
    }

    /** x over (k + alpha times the mean square of size neighbouring channels) to the power beta. */
    public static Tensor localResponseNorm(Tensor x, long size, double alpha, double beta, double k) {
        if (x.rank() < 3) {
            throw new ShapeException(
                    "localResponseNorm",
                    "the input must have at least 3 axes, its shape is " + x.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        if (x.count() == 0) {
            return x;
        }
        long[] before = new long[x.rank()];
        long[] after = new long[x.rank()];
        before[1] = size / 2;
        after[1] = (size - 1) / 2;
        Tensor squares = ConstantPad.spatial(x.mul(x), Axes.of(before), Axes.of(after), Scalar.ZERO);
        Tensor sums = Tensors.bind(new Window(1, size, 1, 1), squares).sum(-1);
        Tensor mean =
                x.dtype().isIntegral() ? sums.truncDivide(Scalar.of(size)).to(x.dtype()) : sums.div(Scalar.of(size));
        return x.div(mean.mul(alpha).add(k).pow(beta));
    }

    public static Tensor normalize(Tensor x) {
        return normalize(x, 2, 1, 1e-12);
    }

    /** x divided by its p-norm along an axis, but by no less than eps. */
    public static Tensor normalize(Tensor x, double p, int axis, double eps) {
        Tensor norm = Linalg.vectorNorm(x, p, true, axis);
        return x.div(norm.fullLike(Scalar.of(eps)).where(norm.lt(eps), norm));
    }
}

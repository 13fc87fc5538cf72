package io.flambeau.tensor.op.math;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.Halves;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * How many points lie in each bin of a grid. Inputs are the points, of shape [n, axes], the ascending edges of each axis
 * and perhaps the points' weights. A bin has its lower edge, the last one both.
 *
 * @param axes the number of axes of the grid
 * @param weighted whether the last input holds weights
 * @param uniform whether the bins are equal, so that a point's bin is found by a division, in steps of its precision as in
 *     PyTorch
 */
public record Histogram(int axes, boolean weighted, boolean uniform) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRank(this, "the points", in[0], 2);
        Laws.requireReal(this, in[0]);
        long[] bins = new long[axes];
        for (int i = 0; i < axes; i++) {
            bins[i] = in[1 + i].shape().size(0) - 1;
        }
        return new Spec[] {in[0].with(Shape.of(bins))};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        long[] bins = new long[axes];
        for (int i = 0; i < axes; i++) {
            bins[i] = in[1 + i].shape().size(0) - 1;
        }
        HostArray out = HostArray.zeros(in[0].dtype(), Shape.of(bins));
        long n = in[0].shape().size(0);
        DType dtype = out.dtype();
        double[] points = in[0].reals().length > 0 ? in[0].reals() : widened(in[0].integers());
        for (int p = 0; p < n; p++) {
            int at = 0;
            for (int i = 0; i < axes && at >= 0; i++) {
                int bin = bin(dtype, points[p * axes + i], in[1 + i].reals());
                at = bin < 0 ? -1 : at * (int) bins[i] + bin;
            }
            if (at >= 0) {
                double weight = weighted ? in[1 + axes].reals()[p] : 1;
                if (out.reals().length > 0) {
                    out.reals()[at] = rounded(dtype, out.reals()[at] + weight);
                } else {
                    out.integers()[at] += (long) weight;
                }
            }
        }
        return new HostArray[] {out};
    }

    private static double[] widened(long[] integers) {
        double[] reals = new double[integers.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = integers[i];
        }
        return reals;
    }

    private static double rounded(DType dtype, double x) {
        return switch (dtype) {
            case F32 -> (float) x;
            case F16 -> Float.float16ToFloat(Halves.doubleToF16(x));
            case BF16 -> Halves.bf16ToFloat(Halves.doubleToBf16(x));
            default -> x;
        };
    }

    /** The bin that holds x, or -1. */
    private int bin(DType dtype, double x, double[] edges) {
        int last = edges.length - 2;
        if (!(x >= edges[0] && x <= edges[last + 1])) {
            return -1;
        }
        if (uniform) {
            double distance = rounded(dtype, x - edges[0]);
            double scaled = rounded(dtype, distance * rounded(dtype, last + 1));
            return Math.min((int) rounded(dtype, scaled / rounded(dtype, edges[last + 1] - edges[0])), last);
        }
        int low = 0;
        int high = last;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (edges[middle] <= x) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.refused(this, in.length);
    }
}

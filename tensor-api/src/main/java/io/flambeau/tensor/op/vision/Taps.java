package io.flambeau.tensor.op.vision;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.internal.HostArrays;
import io.flambeau.tensor.op.vision.Interpolate.Mode;
import java.util.Arrays;

/**
 * Which elements of an axis each new element is made of, and with what weights.
 *
 * <p>Places are computed in the precision of the data, as in PyTorch: in F32 unless the data are F64 or bytes.
 *
 * @param places for each tap, one old element for each new one
 * @param weights for each tap, one weight for each new element; null where there is but one tap of weight 1
 */
record Taps(long[][] places, double[][] weights) {
    static Taps of(Interpolate op, DType dtype, long in, long out, double given) {
        boolean wide = dtype == DType.F64 || dtype == DType.U8;
        double scale = scale(op, in, out, given, wide);
        if (op.mode() == Mode.NEAREST || op.mode() == Mode.NEAREST_EXACT) {
            return nearest(op.mode() == Mode.NEAREST_EXACT, in, out, scale, wide);
        }
        if (op.antialias()) {
            return antialiased(op, in, out, scale);
        }
        return op.mode() == Mode.LINEAR
                ? linear(op.alignCorners(), in, out, scale, wide)
                : cubic(op.alignCorners(), in, out, scale, wide);
    }

    /** Old elements for one new one. */
    private static double scale(Interpolate op, long in, long out, double given, boolean wide) {
        double scale;
        if (op.alignCorners()) {
            scale = out > 1 ? narrow((double) (in - 1) / (out - 1), wide) : 0;
        } else {
            scale = given > 0 ? 1 / given : (double) in / out;
        }
        return narrow(scale, wide);
    }

    private static double narrow(double x, boolean wide) {
        return wide ? x : (float) x;
    }

    private static Taps nearest(boolean exact, long in, long out, double scale, boolean wide) {
        long[] places = new long[(int) out];
        for (int i = 0; i < out; i++) {
            double place = narrow((exact ? i + 0.5 : i) * scale, wide);
            places[i] = Math.min((long) Math.floor(place), in - 1);
        }
        return new Taps(new long[][] {places}, new double[0][]);
    }

    /** The place of a new element among the old ones. */
    private static double source(boolean alignCorners, double i, double scale, boolean wide) {
        return alignCorners ? narrow(scale * i, wide) : narrow(narrow(scale * (i + 0.5), wide) - 0.5, wide);
    }

    private static Taps linear(boolean alignCorners, long in, long out, double scale, boolean wide) {
        long[][] places = new long[2][(int) out];
        double[][] weights = new double[2][(int) out];
        for (int i = 0; i < out; i++) {
            double place = Math.max(source(alignCorners, i, scale, wide), 0);
            long low = Math.min((long) place, in - 1);
            places[0][i] = low;
            places[1][i] = Math.min(low + 1, in - 1);
            double share = Math.clamp(narrow(place - low, wide), 0.0, 1.0);
            weights[0][i] = 1 - share;
            weights[1][i] = share;
        }
        return new Taps(places, weights);
    }

    private static Taps cubic(boolean alignCorners, long in, long out, double scale, boolean wide) {
        long[][] places = new long[4][(int) out];
        double[][] weights = new double[4][(int) out];
        for (int i = 0; i < out; i++) {
            double place = source(alignCorners, i, scale, wide);
            double floor = Math.floor(place);
            double share = place - floor;
            for (int k = 0; k < 4; k++) {
                places[k][i] = Math.clamp((long) floor - 1 + k, 0, in - 1);
                weights[k][i] = keys(share + 1 - k, -0.75);
            }
        }
        return new Taps(places, weights);
    }

    /** The cubic convolution kernel of Keys (1981). */
    private static double keys(double distance, double a) {
        double x = Math.abs(distance);
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }

    /** Kernels stretched by the scale where the result is smaller, and made to sum to 1. */
    private static Taps antialiased(Interpolate op, long in, long out, double scale) {
        boolean linear = op.mode() == Mode.LINEAR;
        double stretch = Math.max(scale, 1);
        double support = (linear ? 1 : 2) * stretch;
        int count = (int) Math.min(2 * Math.ceil(support) + 1, in);
        long[][] places = new long[count][(int) out];
        double[][] weights = new double[count][(int) out];
        for (int i = 0; i < out; i++) {
            double centre = scale * (i + 0.5);
            long first = Math.max((long) (centre - support + 0.5), 0);
            long end = Math.min((long) (centre + support + 0.5), in);
            double total = 0;
            for (int k = 0; k < count; k++) {
                places[k][i] = Math.min(first + k, in - 1);
                if (first + k < end) {
                    double distance = (first + k - centre + 0.5) / stretch;
                    weights[k][i] = linear ? Math.max(1 - Math.abs(distance), 0) : keys(distance, -0.5);
                    total += weights[k][i];
                }
            }
            for (int k = 0; k < count && total != 0; k++) {
                weights[k][i] /= total;
            }
        }
        return new Taps(places, weights);
    }

    /**
     * The axis of an image of bytes sampled anew: weights are 16-bit integers over a power of two, and sums are
     * rounded.
     */
    Tensor bytes(Tensor x, int axis) {
        if (weights.length == 0) {
            return apply(x, axis);
        }
        Tensor sums = quantised()
                .apply(x.to(Backends.widest(x.device())), axis)
                .add(0.5)
                .floor();
        return sums.maximum(sums.zerosLike())
                .minimum(sums.fullLike(Scalar.of(255.0)))
                .to(DType.U8);
    }

    /** What falls on the same element, as beyond a border, is one weight: it is rounded once. */
    private double[][] merged() {
        double[][] merged = new double[weights.length][];
        for (int k = 0; k < weights.length; k++) {
            merged[k] = weights[k].clone();
            for (int i = 0; i < merged[k].length; i++) {
                for (int first = 0; first < k; first++) {
                    if (places[first][i] == places[k][i]) {
                        merged[first][i] += merged[k][i];
                        merged[k][i] = 0;
                        break;
                    }
                }
            }
        }
        return merged;
    }

    private Taps quantised() {
        double[][] weights = merged();
        double greatest = 0;
        for (double[] tap : weights) {
            for (double weight : tap) {
                greatest = Math.max(greatest, weight);
            }
        }
        int bits = 0;
        while (bits < 22 && 0.5 + greatest * (1 << bits + 1) < 1 << 15) {
            bits++;
        }
        double unit = 1 << bits;
        double[][] rounded = new double[weights.length][];
        for (int k = 0; k < weights.length; k++) {
            rounded[k] = new double[weights[k].length];
            for (int i = 0; i < rounded[k].length; i++) {
                rounded[k][i] = Math.copySign(Math.floor(Math.abs(weights[k][i]) * unit + 0.5), weights[k][i]) / unit;
            }
        }
        return new Taps(places, rounded);
    }

    /** The axis sampled anew. */
    Tensor apply(Tensor x, int axis) {
        if (weights.length == 0) {
            return x.indexSelect(axis, vector(x, places[0]));
        }
        long[] sizes = new long[x.rank() - axis];
        Arrays.fill(sizes, 1);
        sizes[0] = places[0].length;
        Tensor sum = weighted(x, axis, sizes, 0);
        for (int k = 1; k < places.length; k++) {
            sum = sum.add(weighted(x, axis, sizes, k));
        }
        return sum;
    }

    private Tensor weighted(Tensor x, int axis, long[] sizes, int k) {
        return x.indexSelect(axis, vector(x, places[k]))
                .mul(vector(x, weights[k]).reshape(sizes));
    }

    private static Tensor vector(Tensor x, double[] values) {
        return HostArrays.of(values, x.dtype(), x.device());
    }

    private static Tensor vector(Tensor x, long[] values) {
        return Tensors.withDevice(x.device(), () -> Tensors.of(values));
    }
}

package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.op.norm.RmsNorm;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;

/** Layer normalisation of adjacent elements, with and without a mean, forward and backward. */
final class LayerNorms {
    /** How many partial sums of the parameters' gradients there are at most. */
    private static final int PARTS = 16;

    private LayerNorms() {}

    static Kernel forward(LayerNorm op) {
        return (in, out) -> {
            int n = width(in[0], op.axes());
            long x = in[0].address();
            long weight = op.weight() ? in[1].address() : 0;
            long bias = op.bias() ? in[in.length - 1].address() : 0;
            long y = out[0].address();
            long means = out[1].address();
            long rstds = out[2].address();
            Workers.ranges(in[0].shape().count() / n, 1, Softmaxes.rows(n, 3), (first, last) -> {
                for (long i = first; i < last; i++) {
                    long row = x + i * n * 4;
                    long to = y + i * n * 4;
                    float mean = Fold.SUM_F32.floats(n, row) / n;
                    float variance = Row.SQUARE_SHIFT.sum(n, row, mean) / n;
                    float rstd = Poly.rsqrt(variance + (float) op.eps());
                    Mem.f32(means + i * 4, mean);
                    Mem.f32(rstds + i * 4, rstd);
                    affine(n, row, weight, bias, to, mean, rstd);
                }
            });
        };
    }

    private static void affine(int n, long x, long weight, long bias, long out, float mean, float rstd) {
        if (weight != 0 && bias != 0) {
            Row.STANDARD_AFFINE.map(n, x, weight, bias, out, mean, rstd, 0);
            return;
        }
        if (weight != 0) {
            Row.STANDARD_WEIGHT.map(n, x, weight, out, mean, rstd);
        } else {
            Row.STANDARD.map(n, x, out, mean, rstd);
        }
        if (bias != 0) {
            Row.ADD.map(n, out, bias, out, 0, 0);
        }
    }

    /** Division by the root of the mean square. */
    static Kernel rms(RmsNorm op) {
        return (in, out) -> {
            int n = width(in[0], op.axes());
            long x = in[0].address();
            long y = out[0].address();
            long weight = op.weight() ? in[1].address() : 0;
            Workers.ranges(in[0].shape().count() / n, 1, Softmaxes.rows(n, 2), (first, last) -> {
                for (long i = first; i < last; i++) {
                    long row = x + i * n * 4;
                    float scale = Poly.rsqrt(Row.PRODUCT.sum(n, row, row, 0, 0, 0) / n + (float) op.eps());
                    Mem.f32(out[1].address() + i * 4, scale);
                    affine(n, row, weight, 0, y + i * n * 4, 0, scale);
                }
            });
        };
    }

    private static int width(View x, int axes) {
        long n = 1;
        for (int i = x.shape().rank() - axes; i < x.shape().rank(); i++) {
            n *= x.shape().size(i);
        }
        return Math.toIntExact(n);
    }

    static Kernel backward(LayerNormBackward op) {
        return backward(op.axes(), true, op.weight());
    }

    /** Inputs are the cotangent, x, the means if rows are centred, 1 / sqrt(variance + eps), and the weight if any. */
    static Kernel backward(int axes, boolean centred, boolean weight) {
        return (in, out) -> {
            int n = width(in[1], axes);
            long rows = in[1].shape().count() / n;
            long rstds = in[centred ? 3 : 2].address();
            Pass pass = new Pass(
                    in[0].address(),
                    in[1].address(),
                    centred ? in[2].address() : 0,
                    rstds,
                    weight ? in[in.length - 1].address() : 0,
                    out[0].address(),
                    n);
            int parts = (int) Math.min(PARTS, (rows + 7) / 8);
            long partial = Scratch.get(Scratch.FUSED, 2L * parts * n * 4);
            Mem.zero(partial, 2L * parts * n * 4);
            Workers.run(parts, part -> {
                long weights = partial + 2L * part * n * 4;
                for (long i = rows * part / parts; i < rows * (part + 1) / parts; i++) {
                    pass.row(i, weights, weights + n * 4L);
                }
            });
            for (int part = 1; part < parts; part++) {
                Row.ADD.map(2 * n, partial, partial + 2L * part * n * 4, partial, 0, 0);
            }
            for (int i = 1; i < out.length; i++) {
                Mem.copy(partial + (i - 1) * n * 4L, out[i].address(), n * 4L);
            }
        };
    }

    /** The addresses of a backward pass, 0 where there are no means or no weight. */
    private record Pass(long g, long x, long means, long rstds, long weight, long dx, int n) {
        /** The gradient of one row of the input, and its share of those of weight and bias. */
        void row(long i, long weights, long biases) {
            long at = i * n * 4;
            float mean = means == 0 ? 0 : Mem.f32(means + i * 4);
            float rstd = Mem.f32(rstds + i * 4);
            Row.ADD_CORRELATION.map(n, g + at, x + at, weights, weights, mean, rstd, 0);
            float along = weight != 0
                    ? Row.WEIGHTED_CORRELATION.sum(n, g + at, x + at, weight, mean, rstd) / n
                    : Row.CORRELATION.sum(n, g + at, x + at, 0, mean, rstd) / n;
            float sum = 0;
            if (means != 0) {
                Row.ADD.map(n, biases, g + at, biases, 0, 0);
                sum = weight != 0
                        ? Row.PRODUCT.sum(n, g + at, weight, 0, 0, 0) / n
                        : Fold.SUM_F32.floats(n, g + at) / n;
            }
            // (slope - sum - along (x - mean) rstd) rstd, as a combination of slope and x.
            float share = -along * rstd * rstd;
            float shift = -sum * rstd - share * mean;
            if (weight != 0) {
                Row.WEIGHTED_COMBINE.map(n, g + at, x + at, weight, dx + at, rstd, share, shift);
            } else {
                Row.COMBINE.map(n, g + at, x + at, 0, dx + at, rstd, share, shift);
            }
        }
    }
}

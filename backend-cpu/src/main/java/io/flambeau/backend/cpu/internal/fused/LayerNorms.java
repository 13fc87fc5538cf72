package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;

/** Layer normalisation of adjacent elements, forward and backward. */
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

    private static int width(View x, int axes) {
        long n = 1;
        for (int i = x.shape().rank() - axes; i < x.shape().rank(); i++) {
            n *= x.shape().size(i);
        }
        return Math.toIntExact(n);
    }

    static Kernel backward(LayerNormBackward op) {
        return (in, out) -> {
            int n = width(in[1], op.axes());
            long rows = in[1].shape().count() / n;
            Pass pass = new Pass(in, out[0].address(), op.weight() ? in[4].address() : 0, n);
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
            Mem.copy(partial, out[1].address(), n * 4L);
            Mem.copy(partial + n * 4L, out[2].address(), n * 4L);
        };
    }

    /** The addresses of a backward pass. */
    private record Pass(View[] in, long dx, long weight, int n) {
        /** The gradient of one row of the input, and its share of those of weight and bias. */
        void row(long i, long weights, long biases) {
            long g = in[0].address() + i * n * 4;
            long x = in[1].address() + i * n * 4;
            long to = dx + i * n * 4;
            float mean = Mem.f32(in[2].address() + i * 4);
            float rstd = Mem.f32(in[3].address() + i * 4);
            Row.ADD_CORRELATION.map(n, g, x, weights, weights, mean, rstd, 0);
            Row.ADD.map(n, biases, g, biases, 0, 0);
            float along;
            float sum;
            if (weight != 0) {
                along = Row.WEIGHTED_CORRELATION.sum(n, g, x, weight, mean, rstd) / n;
                sum = Row.PRODUCT.sum(n, g, weight, 0, 0, 0) / n;
            } else {
                along = Row.CORRELATION.sum(n, g, x, 0, mean, rstd) / n;
                sum = Fold.SUM_F32.floats(n, g) / n;
            }
            // (slope - sum - along (x - mean) rstd) rstd, as a combination of slope and x.
            float share = -along * rstd * rstd;
            float shift = -sum * rstd - share * mean;
            if (weight != 0) {
                Row.WEIGHTED_COMBINE.map(n, g, x, weight, to, rstd, share, shift);
            } else {
                Row.COMBINE.map(n, g, x, 0, to, rstd, share, shift);
            }
        }
    }
}

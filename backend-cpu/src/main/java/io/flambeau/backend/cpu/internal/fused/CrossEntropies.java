package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/** The cross entropy of rows of logits [N, C] without smoothing, and its gradient. */
final class CrossEntropies {
    private CrossEntropies() {}

    private static boolean isCovered(CrossEntropy op, Spec logits) {
        return op.smoothing() == 0 && logits.shape().rank() == 2;
    }

    static @Nullable Kernel forward(CrossEntropy op, Spec[] in) {
        if (!isCovered(op, in[0])) {
            return null;
        }
        long rows = in[0].shape().size(0);
        int classes = Math.toIntExact(in[0].shape().size(1));
        return (x, out) -> {
            long logits = x[0].address();
            long target = x[1].address();
            long weights = op.weighted() ? x[2].address() : 0;
            long logSums = out[1].address();
            boolean each = op.reduction() == Reduction.NONE;
            long losses = each ? out[0].address() : Scratch.get(Scratch.FUSED, rows * 8);
            Workers.ranges(rows, 1, Softmaxes.rows(classes, 4), (first, last) -> {
                for (long i = first; i < last; i++) {
                    long row = logits + i * classes * 4;
                    float max = Fold.MAX_F32.floats(classes, row);
                    float log = Poly.log(Row.EXP_SHIFT.sum(classes, row, max));
                    Mem.f32(logSums + i * 4, max + log);
                    long t = target(op, target, i, classes);
                    float weight = weight(weights, t);
                    Mem.f32(losses + i * 4, t < 0 ? 0 : -(Mem.f32(row + t * 4) - max - log) * weight);
                    if (!each) {
                        Mem.f32(losses + (rows + i) * 4, weight);
                    }
                }
            });
            if (!each) {
                float sum = Fold.SUM_F32.floats(rows, losses);
                float scale = op.reduction() == Reduction.MEAN ? Fold.SUM_F32.floats(rows, losses + rows * 4) : 1;
                Mem.f32(out[0].address(), sum / scale);
            }
        };
    }

    /** The i-th target, checked; -1 if it does not count. */
    private static long target(CrossEntropy op, long targets, long i, int classes) {
        long t = Mem.i64(targets + i * 8);
        if (t == op.ignoreIndex()) {
            return -1;
        }
        if (t < 0 || t >= classes) {
            throw new IndexException(
                    op.title(), "target " + t + " is outside the " + classes + " classes", Fault.INDEX_RANGE);
        }
        return t;
    }

    private static float weight(long weights, long target) {
        return target < 0 ? 0 : weights == 0 ? 1 : Mem.f32(weights + target * 4);
    }

    static @Nullable Kernel backward(CrossEntropy op, Spec[] in) {
        if (!isCovered(op, in[1])) {
            return null;
        }
        long rows = in[1].shape().size(0);
        int classes = Math.toIntExact(in[1].shape().size(1));
        return (x, out) -> {
            long g = x[0].address();
            long logits = x[1].address();
            long target = x[2].address();
            long logSums = x[3].address();
            long weights = op.weighted() ? x[4].address() : 0;
            boolean each = op.reduction() == Reduction.NONE;
            float scale = each
                    ? 1
                    : Mem.f32(g) / (op.reduction() == Reduction.MEAN ? total(op, target, weights, rows, classes) : 1);
            long to = out[0].address();
            Workers.ranges(rows, 1, Softmaxes.rows(classes, 4), (first, last) -> {
                for (long i = first; i < last; i++) {
                    long t = target(op, target, i, classes);
                    long row = to + i * classes * 4;
                    if (t < 0) {
                        Mem.zero(row, classes * 4L);
                        continue;
                    }
                    float share = weight(weights, t) * (each ? Mem.f32(g + i * 4) : scale);
                    long from = logits + i * classes * 4;
                    float logSum = Mem.f32(logSums + i * 4);
                    Row.EXP_SHIFT_SCALE.map(classes, from, row, logSum, share);
                    Mem.f32(row + t * 4, (Poly.exp(Mem.f32(from + t * 4) - logSum) - 1) * share);
                }
            });
        };
    }

    /** The sum of the targets' weights. */
    private static float total(CrossEntropy op, long targets, long weights, long rows, int classes) {
        long each = Scratch.get(Scratch.FUSED, rows * 4);
        for (long i = 0; i < rows; i++) {
            Mem.f32(each + i * 4, weight(weights, target(op, targets, i, classes)));
        }
        return Fold.SUM_F32.floats(rows, each);
    }
}

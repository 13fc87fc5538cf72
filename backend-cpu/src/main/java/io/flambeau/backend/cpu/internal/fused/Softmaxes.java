package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/** Softmax and its logarithm over adjacent elements, one pass over a row while it is in the cache. */
final class Softmaxes {
    private Softmaxes() {}

    /** A row of {@code n} floats, given two inputs, of which the second may be absent. */
    private interface Line {
        void run(int n, long x, long y, long out);
    }

    /** The kernel if the axis is the last one that is larger than 1, so that its elements are adjacent. */
    private static @Nullable Kernel lines(int axis, Spec spec, int cost, Line line) {
        int rank = spec.shape().rank();
        for (int i = axis + 1; i < rank; i++) {
            if (spec.shape().size(i) != 1) {
                return null;
            }
        }
        int n = rank == 0 ? 1 : Math.toIntExact(spec.shape().size(axis));
        return (in, out) -> {
            long x = in[0].address();
            long y = in[in.length - 1].address();
            long to = out[0].address();
            Workers.ranges(spec.shape().count() / n, 1, rows(n, cost), (first, last) -> {
                for (long i = first; i < last; i++) {
                    long at = i * n * 4;
                    line.run(n, x + at, y + at, to + at);
                }
            });
        };
    }

    /** How many rows make a part. */
    static long rows(long n, int cost) {
        return Math.max(1, Workers.GRAIN / cost / n);
    }

    static @Nullable Kernel softmax(int axis, Spec x) {
        return lines(axis, x, 4, (n, from, _, out) -> {
            float max = Fold.MAX_F32.floats(n, from);
            Row.EXP_SHIFT.map(n, from, out, max, 0);
            Row.SCALE.map(n, out, out, 1 / Fold.SUM_F32.floats(n, out), 0);
        });
    }

    static @Nullable Kernel logSoftmax(int axis, Spec x) {
        return lines(axis, x, 4, (n, from, _, out) -> {
            float max = Fold.MAX_F32.floats(n, from);
            float sum = Row.EXP_SHIFT.sum(n, from, max);
            Row.SHIFT.map(n, from, out, max, Poly.log(sum));
        });
    }

    static @Nullable Kernel softmaxBackward(int axis, Spec y) {
        return lines(axis, y, 2, (n, g, s, out) -> {
            float along = Row.PRODUCT.sum(n, g, s, 0, 0, 0);
            Row.SHIFT_PRODUCT.map(n, g, s, out, along, 0);
        });
    }

    static @Nullable Kernel logSoftmaxBackward(int axis, Spec y) {
        return lines(
                axis, y, 4, (n, g, s, out) -> Row.LOG_SOFTMAX_GRADIENT.map(n, g, s, out, Fold.SUM_F32.floats(n, g), 0));
    }
}

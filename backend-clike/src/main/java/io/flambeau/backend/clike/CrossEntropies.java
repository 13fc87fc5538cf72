package io.flambeau.backend.clike;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cross entropy of rows of logits [N, C] without smoothing, and its gradient, by {@code lines.cl}. */
final class CrossEntropies {
    private static final int FORWARD = 2;
    private static final int TOTAL = 3;
    private static final int BACKWARD = 4;
    private static final int WEIGHTS = 0;
    private static final int SUM = 1;
    private static final int MEAN = 2;

    private CrossEntropies() {}

    private static boolean isCovered(CrossEntropy op, Spec logits) {
        return op.smoothing() == 0 && logits.shape().rank() == 2;
    }

    static @Nullable Kernel forward(CrossEntropy op, Spec[] in, Function<View, Station> at) {
        if (!isCovered(op, in[0])) {
            return null;
        }
        long rows = in[0].shape().size(0);
        long classes = in[0].shape().size(1);
        return (x, out) -> {
            Station s = at.apply(out[0]);
            boolean each = op.reduction() == Reduction.NONE;
            View weights = op.weighted() ? x[2] : x[0];
            synchronized (s) {
                Memory losses = each ? Fused.memory(out[0]) : s.scratch(8 * rows);
                long first = each ? Nest.offset(out[0]) : 0;
                Arguments a = Fused.add(Fused.add(Fused.add(Arguments.begin(), x[0]), x[1]), weights);
                a.buffer(losses).i64(first);
                Fused.add(a, out[1]);
                sizes(a, op, x[0], rows, classes);
                s.failing(a, t -> {
                    throw new IndexException(
                            op.title(), "target " + t + " is outside the " + classes + " classes", Fault.INDEX_RANGE);
                });
                s.groups(kernel(s, x[0], FORWARD), rows, s.info.local(), a);
                if (!each) {
                    Arguments b = Fused.add(Fused.add(Arguments.begin(), x[1]), weights);
                    b.buffer(losses).i64(0);
                    Fused.add(b, out[0]);
                    sizes(b, op, x[0], rows, classes).i32(op.reduction() == Reduction.MEAN ? MEAN : SUM);
                    s.groups(kernel(s, x[0], TOTAL), 1, s.info.local(), b);
                }
            }
        };
    }

    static @Nullable Kernel backward(CrossEntropy op, Spec[] in, Function<View, Station> at) {
        if (!isCovered(op, in[1])) {
            return null;
        }
        long rows = in[1].shape().size(0);
        long classes = in[1].shape().size(1);
        return (x, out) -> {
            Station s = at.apply(out[0]);
            View weights = op.weighted() ? x[4] : x[1];
            boolean mean = op.reduction() == Reduction.MEAN;
            synchronized (s) {
                Memory total = s.scratch(8);
                if (mean) {
                    Arguments a = Fused.add(Fused.add(Arguments.begin(), x[2]), weights);
                    a.buffer(total).i64(0).buffer(total).i64(0);
                    sizes(a, op, x[1], rows, classes).i32(WEIGHTS);
                    s.groups(kernel(s, x[1], TOTAL), 1, s.info.local(), a);
                }
                Arguments b = Arguments.begin();
                for (int i = 0; i < 4; i++) {
                    Fused.add(b, x[i]);
                }
                Fused.add(b, weights).buffer(total);
                Fused.add(b, out[0]);
                sizes(b, op, x[1], rows, classes)
                        .i32(op.reduction() == Reduction.NONE ? 1 : 0)
                        .i32(mean ? 1 : 0);
                s.launch(kernel(s, x[1], BACKWARD), rows * classes, b);
            }
        };
    }

    private static Program.Kernel kernel(Station s, View logits, int index) {
        return s.kernel(Bundle.LINES, Kind.of(logits.dtype()), index);
    }

    private static Arguments sizes(Arguments a, CrossEntropy op, View logits, long rows, long classes) {
        return a.i32(logits.dtype().ordinal())
                .i64(rows)
                .i64(classes)
                .i64(op.ignoreIndex())
                .i32(op.weighted() ? 1 : 0);
    }
}

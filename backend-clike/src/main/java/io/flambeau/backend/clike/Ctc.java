package io.flambeau.backend.clike;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.loss.CtcLoss;
import io.flambeau.tensor.op.loss.CtcLossBackward;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code ctc.cl}. */
final class Ctc {
    /** The most bytes that the probabilities of all labels at all times may take; the host does what needs more. */
    private static final long MOST_BYTES = 256L << 20;

    private Ctc() {}

    static @Nullable Kernel forward(CtcLoss op, Spec[] in, Function<View, Station> at) {
        return kernel(op, op.blank(), in, 0, at);
    }

    static @Nullable Kernel backward(CtcLossBackward op, Spec[] in, Function<View, Station> at) {
        return kernel(op, op.blank(), in, 1, at);
    }

    /** What takes the loss's inputs, and the cotangent before them if {@code first} is 1. */
    private static @Nullable Kernel kernel(Op op, long blank, Spec[] in, int first, Function<View, Station> at) {
        Shape logs = in[first].shape();
        Shape targets = in[first + 1].shape();
        long times = logs.size(0);
        long samples = logs.size(1);
        long classes = logs.size(2);
        long width = targets.size(-1);
        long bytes = Double.BYTES * (first + 1) * samples * times * (2 * width + 1);
        if (logs.count() * targets.count() == 0 || blank < 0 || blank >= classes || bytes > MOST_BYTES) {
            return null;
        }
        return (from, out) -> {
            Station s = at.apply(out[0]);
            Arguments a = Arguments.begin();
            for (View view : from) {
                Fused.add(a, view);
            }
            Fused.add(a, out[0])
                    .i32(in[first].dtype().ordinal())
                    .i64(times)
                    .i64(samples)
                    .i64(classes)
                    .i64(width)
                    .i32(targets.rank() == 2 ? 1 : 0)
                    .i64(blank);
            synchronized (s) {
                s.failing(a.buffer(s.scratch(bytes)), sample -> {
                    throw refusal(op, "the inputLength or the targetLength of sample " + sample + " does not fit");
                });
                s.failing(a, target -> {
                    throw refusal(op, "target " + target + " is not one of the " + classes + " classes");
                });
                s.groups(s.kernel(Bundle.CTC, Kind.of(in[first].dtype()), first), samples, s.info.local(), a);
            }
        };
    }

    private static ArgumentException refusal(Op op, String what) {
        return new ArgumentException(op.title(), what, Fault.BAD_ARGUMENT);
    }
}

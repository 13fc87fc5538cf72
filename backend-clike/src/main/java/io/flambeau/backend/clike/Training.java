package io.flambeau.backend.clike;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.SgdStep;
import io.flambeau.tensor.op.step.Step;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Layouts;
import io.flambeau.tensor.spi.View;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code train.cl}: dropout, GELU, the steps of optimizers, max pooling. */
final class Training {
    private static final int DROPOUT = 0;
    private static final int ADAM = 1;
    private static final int SGD = 2;
    private static final int MAX_POOL = 3;

    private static final int GELU = 4;
    private static final int GELU_BACKWARD = 5;

    private Training() {}

    /** A kernel that takes operands as they lie. */
    @FunctionalInterface
    private interface Strided extends Kernel {
        @Override
        default Layouts layouts() {
            return Layouts.STRIDED;
        }
    }

    static Kernel dropout(Dropout op, Function<View, Station> at) {
        Strided kernel = (in, out) -> {
            Station s = at.apply(out[0]);
            Nest nest = Nest.of(in[0], out[0]);
            View counter = in[in.length - 1];
            Arguments a = Arguments.begin().buffer(Fused.memory(in[0])).buffer(Fused.memory(out[0]));
            Lines.real(a, out[0].dtype(), op.scale())
                    .i64(op.threshold())
                    .buffer(Fused.memory(counter))
                    .i64(in.length > 1 ? Nest.offset(counter) : -1)
                    .i64(op.offset())
                    .i64(op.seed());
            nest.whole(op);
            s.launch(s.kernel(Bundle.TRAIN, Kind.of(out[0].dtype()), DROPOUT), (nest.count() + 3) / 4, nest.to(a));
        };
        return kernel;
    }

    static Kernel gelu(Gelu op, Function<View, Station> at) {
        return elementwise(GELU, op.tanh(), at);
    }

    static Kernel geluBackward(Gelu op, Function<View, Station> at) {
        return elementwise(GELU_BACKWARD, op.tanh(), at);
    }

    private static Kernel elementwise(int index, boolean flag, Function<View, Station> at) {
        Strided kernel = (in, out) -> {
            Station s = at.apply(out[0]);
            View[] views = Arrays.copyOf(in, in.length + 1);
            views[in.length] = out[0];
            Nest nest = Nest.of(views);
            Program.Kernel function = s.kernel(Bundle.TRAIN, Kind.of(out[0].dtype()), index);
            do {
                Arguments a = Arguments.begin();
                for (View view : views) {
                    a.buffer(Fused.memory(view));
                }
                s.launch(function, nest.count(), nest.to(a.i32(flag ? 1 : 0)));
            } while (nest.next());
        };
        return kernel;
    }

    static Kernel adam(AdamStep op, Function<View, Station> at) {
        int flags = (op.maximize() ? 1 : 0) | (op.decay() ? 2 : 0) | (op.decoupled() ? 4 : 0);
        return step(op, ADAM, flags, at);
    }

    static Kernel sgd(SgdStep op, Function<View, Station> at) {
        int flags = (op.maximize() ? 1 : 0)
                | (op.decay() ? 2 : 0)
                | (op.momentum() ? 4 : 0)
                | (op.first() ? 8 : 0)
                | (op.nesterov() ? 16 : 0);
        return step(op, SGD, flags, at);
    }

    /** See Note [Layout of a step] of {@link Step}: a launch for each parameter. */
    private static Kernel step(Step op, int index, int flags, Function<View, Station> at) {
        Strided kernel = (in, out) -> {
            Station s = at.apply(out[0]);
            int n = op.parameters(in.length);
            // A kernel's operands are the same in number whether there is a state or not: the parameter stands in.
            int states = Math.max(op.states(), 1);
            for (int p = 0; p < n; p++) {
                View[] views = new View[3 + 2 * states];
                views[0] = in[1 + p];
                views[1] = in[1 + n + p];
                views[2 + states] = out[p];
                for (int i = 0; i < states; i++) {
                    boolean there = i < op.states();
                    views[2 + i] = there ? in[1 + (2 + i) * n + p] : in[1 + p];
                    views[3 + states + i] = there ? out[(1 + i) * n + p] : out[p];
                }
                Nest nest = Nest.of(views);
                Program.Kernel function = s.kernel(Bundle.TRAIN, Kind.of(out[p].dtype()), index);
                do {
                    Arguments a = Fused.add(Arguments.begin(), in[0]).i64(in[0].stride(0));
                    for (View view : views) {
                        a.buffer(Fused.memory(view));
                    }
                    a.i32(flags).i32(out[p].dtype().ordinal());
                    s.launch(function, nest.count(), nest.to(a));
                } while (nest.next());
            }
        };
        return kernel;
    }

    static @Nullable Kernel maxPool(Pooling p, Spec x, Function<View, Station> at) {
        if (p.axes() > 2) {
            return null;
        }
        return (in, out) -> {
            Station s = at.apply(out[0]);
            Arguments a = Fused.add(Arguments.begin(), in[0]);
            Fused.add(Fused.add(a, out[0]), out[1]).i32(x.dtype().ordinal());
            int struct = a.struct(8 + 6 * 16);
            a.put(struct, x.shape().range(0, 2).count());
            for (int i = 0; i < 2; i++) {
                // A single axis is the second; the first then has one place.
                int axis = i + p.axes() - 2;
                boolean there = axis >= 0;
                long[] sizes = {
                    there ? x.shape().size(axis + 2) : 1,
                    there ? out[0].shape().size(axis + 2) : 1,
                    there ? p.kernel().at(axis) : 1,
                    there ? p.stride().at(axis) : 1,
                    there ? p.padding().at(axis) : 0,
                    there ? p.dilation().at(axis) : 1
                };
                for (int j = 0; j < sizes.length; j++) {
                    a.put(struct + 8 + 16 * j + 8 * i, sizes[j]);
                }
            }
            s.launch(
                    s.kernel(Bundle.TRAIN, Kind.of(x.dtype()), MAX_POOL),
                    out[0].shape().count(),
                    a);
        };
    }
}

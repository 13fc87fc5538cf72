package io.flambeau.backend.clike;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.MaxPoolBackward;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Layouts;
import io.flambeau.tensor.spi.View;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code train.cl}: dropout, GELU, pooling, the gradient of an embedding. */
final class Training {
    private static final int DROPOUT = 0;
    private static final int MAX_POOL = 1;
    private static final int GELU = 2;
    private static final int GELU_BACKWARD = 3;
    private static final int AVG_POOL = 4;
    private static final int AVG_POOL_BACKWARD = 5;
    private static final int MAX_POOL_BACKWARD = 7;
    private static final int EMBEDDING_BACKWARD = 6;

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

    static @Nullable Kernel maxPool(Pooling p, Spec x, Function<View, Station> at) {
        if (p.axes() > 2) {
            return null;
        }
        return (in, out) -> {
            Station s = at.apply(out[0]);
            Arguments a = Fused.add(Arguments.begin(), in[0]);
            Fused.add(Fused.add(a, out[0]), out[1]).i32(x.dtype().ordinal());
            struct(a, p, x.shape(), out[0].shape());
            s.launch(
                    s.kernel(Bundle.TRAIN, Kind.of(x.dtype()), MAX_POOL),
                    out[0].shape().count(),
                    a);
        };
    }

    static @Nullable Kernel maxPoolBackward(MaxPoolBackward op, Function<View, Station> at) {
        Pooling pooling = op.pooling();
        if (pooling == null || pooling.axes() > 2) {
            return null;
        }
        return (in, out) -> {
            Arguments a = Fused.add(Fused.add(Fused.add(Arguments.begin(), in[0]), in[1]), out[0])
                    .i32(out[0].dtype().ordinal());
            struct(a, pooling, out[0].shape(), in[0].shape());
            launch(at.apply(out[0]), MAX_POOL_BACKWARD, out[0], a);
        };
    }

    static @Nullable Kernel avgPool(AvgPool op, Function<View, Station> at) {
        if (op.pooling().axes() > 2) {
            return null;
        }
        return (in, out) -> {
            Arguments a = average(op, in[0], out[0]);
            struct(a, op.pooling(), in[0].shape(), out[0].shape());
            launch(at.apply(out[0]), AVG_POOL, out[0], a);
        };
    }

    static @Nullable Kernel avgPoolBackward(AvgPoolBackward op, Function<View, Station> at) {
        if (op.sizes().count() > 2) {
            return null;
        }
        return (in, out) -> {
            Arguments a = average(op.pool(), in[0], out[0]);
            struct(a, op.pool().pooling(), out[0].shape(), in[0].shape());
            launch(at.apply(out[0]), AVG_POOL_BACKWARD, out[0], a);
        };
    }

    private static Arguments average(AvgPool op, View from, View to) {
        return Fused.add(Fused.add(Arguments.begin(), from), to)
                .i32(to.dtype().ordinal())
                .i32(op.countPadding() ? 1 : 0)
                .i64(op.divisor());
    }

    private static void launch(Station s, int kernel, View out, Arguments a) {
        s.launch(
                s.kernel(Bundle.TRAIN, Kind.of(out.dtype()), kernel),
                out.shape().count(),
                a);
    }

    /** The struct Pooling of {@code train.cl}; a single spatial axis is the second, the first then has one place. */
    private static void struct(Arguments a, Pooling p, Shape x, Shape windows) {
        int struct = a.struct(8 + 6 * 16);
        a.put(struct, x.range(0, 2).count());
        for (int i = 0; i < 2; i++) {
            int axis = i + p.axes() - 2;
            boolean there = axis >= 0;
            long[] sizes = {
                there ? x.size(axis + 2) : 1,
                there ? windows.size(axis + 2) : 1,
                there ? p.kernel().at(axis) : 1,
                there ? p.stride().at(axis) : 1,
                there ? p.padding().at(axis) : 0,
                there ? p.dilation().at(axis) : 1
            };
            for (int j = 0; j < sizes.length; j++) {
                a.put(struct + 8 + 16 * j + 8 * i, sizes[j]);
            }
        }
    }

    static Kernel embeddingBackward(EmbeddingBackward op, Function<View, Station> at) {
        return (in, out) -> {
            Station s = at.apply(out[0]);
            Arguments a = Fused.add(Fused.add(Fused.add(Arguments.begin(), in[0]), in[1]), out[0])
                    .i32(out[0].dtype().ordinal())
                    .i64(op.rows())
                    .i64(out[0].shape().size(1))
                    .i64(in[1].shape().count())
                    .i64(op.padding())
                    .i32(op.byFrequency() ? 1 : 0);
            s.failing(a, value -> {
                throw Laws.outside("scatterAdd", value, op.rows());
            });
            s.groups(s.kernel(Bundle.TRAIN, Kind.of(out[0].dtype()), EMBEDDING_BACKWARD), op.rows(), s.info.local(), a);
        };
    }
}

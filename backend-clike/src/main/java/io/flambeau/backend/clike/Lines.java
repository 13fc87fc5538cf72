package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;

/** Launches of {@code lines.cl}: softmax and normalisations. */
final class Lines {
    private static final int SOFTMAX = 0;
    private static final int SOFTMAX_BACKWARD = 1;
    private static final int NORM = 5;
    private static final int NORM_BACKWARD = 6;
    private static final int NORM_PARAMETERS = 7;

    private static final int BATCH_NORM = 8;
    private static final int BATCH_NORM_BACKWARD = 9;

    private Lines() {}

    static Kernel softmax(int axis, boolean logarithm, Function<View, Station> at) {
        return (in, out) ->
                launch(at.apply(out[0]), SOFTMAX, Fused.add(Arguments.begin(), in[0]), out[0], axis, logarithm);
    }

    static Kernel softmaxBackward(int axis, boolean logarithm, Function<View, Station> at) {
        return (in, out) -> {
            Arguments a = Fused.add(Fused.add(Arguments.begin(), in[0]), in[1]);
            launch(at.apply(out[0]), SOFTMAX_BACKWARD, a, out[0], axis, logarithm);
        };
    }

    private static void launch(Station s, int kernel, Arguments a, View out, int axis, boolean logarithm) {
        Shape shape = out.shape();
        long n = shape.rank() == 0 ? 1 : shape.size(axis);
        long inner = shape.rank() == 0 ? 1 : shape.range(axis + 1, shape.rank()).count();
        long rows = shape.count() / n;
        Fused.add(a, out).i32(out.dtype().ordinal()).i64(rows).i64(n).i64(inner).i32(logarithm ? 1 : 0);
        s.groups(s.kernel(Bundle.LINES, Kind.of(out.dtype()), kernel), rows, s.info.local(), a);
    }

    static Kernel layerNorm(LayerNorm op, Function<View, Station> at) {
        return norm(op.weight(), op.bias(), op.eps(), 0, at);
    }

    static Kernel groupNorm(GroupNorm op, Function<View, Station> at) {
        return norm(op.weight(), op.bias(), op.eps(), op.groups(), at);
    }

    /**
     * Groups of channels as rows.
     *
     * @param groups in a sample, or 0 where a row's elements have weights of their own
     */
    private static Kernel norm(boolean weight, boolean bias, double eps, long groups, Function<View, Station> at) {
        return (in, out) -> {
            Station s = at.apply(out[0]);
            DType dtype = out[0].dtype();
            long rows = out[1].shape().count();
            Arguments a = Fused.add(Arguments.begin(), in[0]);
            Fused.add(a, weight ? in[1] : in[0]);
            Fused.add(a, in[in.length - 1]);
            for (View view : out) {
                Fused.add(a, view);
            }
            a.i32(dtype.ordinal()).i64(rows).i64(out[0].shape().count() / rows);
            real(grouping(a, groups, out[0], rows), dtype, eps)
                    .i32(weight ? 1 : 0)
                    .i32(bias ? 1 : 0);
            s.groups(s.kernel(Bundle.LINES, Kind.of(dtype), NORM), rows, s.info.local(), a);
        };
    }

    /** Adds the number of groups, the channels of each, and the elements of each channel. */
    private static Arguments grouping(Arguments a, long groups, View x, long rows) {
        Shape shape = x.shape();
        return groups == 0
                ? a.i64(1).i64(shape.count() / rows).i64(1)
                : a.i64(groups)
                        .i64(shape.size(1) / groups)
                        .i64(shape.range(2, shape.rank()).count());
    }

    /** Adds a number of a kernel's type R. */
    static Arguments real(Arguments a, DType dtype, double value) {
        return dtype == DType.F64 ? a.f64(value) : a.f32((float) value);
    }

    static Kernel layerNormBackward(LayerNormBackward op, Function<View, Station> at) {
        return normBackward(op.weight(), 0, at);
    }

    static Kernel groupNormBackward(GroupNormBackward op, Function<View, Station> at) {
        return normBackward(op.weight(), op.groups(), at);
    }

    private static Kernel normBackward(boolean weight, long groups, Function<View, Station> at) {
        return (in, out) -> {
            Station s = at.apply(out[0]);
            Kind kind = Kind.of(out[0].dtype());
            int dtype = out[0].dtype().ordinal();
            long rows = in[2].shape().count();
            long n = out[0].shape().count() / rows;
            Arguments a = operands(in);
            Fused.add(a, weight ? in[4] : in[1]);
            grouping(Fused.add(a, out[0]).i32(dtype).i64(rows).i64(n), groups, out[0], rows)
                    .i32(weight ? 1 : 0);
            s.groups(s.kernel(Bundle.LINES, kind, NORM_BACKWARD), rows, s.info.local(), a);
            Arguments b = operands(in);
            Fused.add(Fused.add(b, out[1]), out[2]).i32(dtype).i64(groups == 0 ? rows : rows / groups);
            long channels = out[1].shape().count();
            s.groups(
                    s.kernel(Bundle.LINES, kind, NORM_PARAMETERS),
                    channels,
                    s.info.local(),
                    grouping(b, groups, out[0], rows));
        };
    }

    static Kernel batchNorm(BatchNorm op, Function<View, Station> at) {
        return (in, out) -> {
            Arguments a = Fused.add(Arguments.begin(), in[0]);
            Fused.add(a, op.weight() ? in[1] : in[0]);
            Fused.add(a, in[in.length - 1]);
            for (View view : out) {
                Fused.add(a, view);
            }
            channels(at.apply(out[0]), BATCH_NORM, out[0], a, op.eps(), op.weight(), op.bias());
        };
    }

    static Kernel batchNormBackward(BatchNormBackward op, Function<View, Station> at) {
        return (in, out) -> {
            Arguments a = operands(in);
            Fused.add(a, op.weight() ? in[4] : in[1]);
            for (View view : out) {
                Fused.add(a, view);
            }
            channels(at.apply(out[0]), BATCH_NORM_BACKWARD, out[0], a, op.eps(), op.weight());
        };
    }

    /** A group for each channel of [N, C, ...]. */
    private static void channels(Station s, int kernel, View x, Arguments a, double eps, boolean... flags) {
        Shape shape = x.shape();
        long channels = shape.size(1);
        a.i32(x.dtype().ordinal())
                .i64(channels)
                .i64(shape.count() / channels)
                .i64(shape.range(2, shape.rank()).count());
        real(a, x.dtype(), eps);
        for (boolean flag : flags) {
            a.i32(flag ? 1 : 0);
        }
        s.groups(s.kernel(Bundle.LINES, Kind.of(x.dtype()), kernel), channels, s.info.local(), a);
    }

    /** The cotangent, the input, and its two statistics. */
    private static Arguments operands(View[] in) {
        Arguments a = Arguments.begin();
        for (int i = 0; i < 4; i++) {
            Fused.add(a, in[i]);
        }
        return a;
    }
}

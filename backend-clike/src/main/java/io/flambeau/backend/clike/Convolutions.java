package io.flambeau.backend.clike;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code conv.cl}, for one or two spatial axes; more run by their decompositions. */
final class Convolutions {
    private static final int LOCAL = 256;
    private static final int TILE = 64;
    private static final int FORWARD = 0;
    private static final int INPUT = 1;
    private static final int WEIGHT = 2;
    private static final int PARTS = 3;
    /** The least windows of a chunk of a weight's gradient. */
    private static final int CHUNK = 512;

    private Convolutions() {}

    private static boolean isCovered(Sliding sliding, Spec... specs) {
        boolean small = sliding.axes() <= 2;
        for (Spec spec : specs) {
            small &= spec.shape().count() < Integer.MAX_VALUE;
        }
        return small;
    }

    static @Nullable Kernel forward(Convolution op, Spec[] in, Function<View, Station> at) {
        if (!isCovered(op.sliding(), in) || !isCovered(op.sliding(), op.infer(in))) {
            return null;
        }
        return (x, out) -> {
            Station s = at.apply(out[0]);
            View bias = x[x.length - 1];
            Arguments a = Arguments.begin()
                    .buffer(Fused.memory(x[0]))
                    .buffer(Fused.memory(x[1]))
                    .buffer(Fused.memory(bias))
                    .buffer(Fused.memory(out[0]))
                    .i32(op.bias() ? 1 : 0);
            struct(a, op.sliding(), op.groups(), x[0], x[1], out[0], bias, 1);
            long windows = out[0].shape().count() / out[0].shape().size(1);
            tiles(s, FORWARD, out[0], op.groups(), x[1].shape().size(0) / op.groups(), windows, 1, a);
        };
    }

    static @Nullable Kernel input(ConvolutionInput op, Spec[] in, Function<View, Station> at) {
        if (!isCovered(op.sliding(), in) || !isCovered(op.sliding(), op.infer(in))) {
            return null;
        }
        return (y, out) -> {
            Arguments a = Arguments.begin()
                    .buffer(Fused.memory(y[0]))
                    .buffer(Fused.memory(y[1]))
                    .buffer(Fused.memory(out[0]));
            struct(a, op.sliding(), op.groups(), out[0], y[1], y[0], y[0], 1);
            long places = out[0].shape().count() / out[0].shape().size(1);
            tiles(at.apply(out[0]), INPUT, out[0], op.groups(), y[1].shape().size(1), places, 1, a);
        };
    }

    static @Nullable Kernel weight(ConvolutionWeight op, Spec[] in, Function<View, Station> at) {
        if (!isCovered(op.sliding(), in)) {
            return null;
        }
        return (x, out) -> {
            Station s = at.apply(out[0]);
            Shape w = out[0].shape();
            long count = w.count();
            long outputs = w.size(0) / op.groups();
            long columns = count / w.size(0);
            long windows = x[1].shape().count() / x[1].shape().size(1);
            long tiles = op.groups() * ((outputs + TILE - 1) / TILE) * ((columns + TILE - 1) / TILE);
            int chunks = (int) Math.clamp(windows / CHUNK, 1, Math.max(1, 4L * s.info.units() / tiles));
            synchronized (s) {
                Memory parts = s.scratch(8 * chunks * count);
                Arguments a = Arguments.begin()
                        .buffer(Fused.memory(x[0]))
                        .buffer(Fused.memory(x[1]))
                        .buffer(parts);
                struct(a, op.sliding(), op.groups(), x[0], out[0], x[1], x[0], chunks);
                tiles(s, WEIGHT, out[0], op.groups(), outputs, columns, chunks, a);
                Arguments b = Arguments.begin()
                        .buffer(parts)
                        .buffer(Fused.memory(out[0]))
                        .i64(count);
                struct(b, op.sliding(), op.groups(), x[0], out[0], x[1], x[0], chunks);
                s.launch(s.kernel(Bundle.CONV, Kind.of(out[0].dtype()), PARTS), count, b);
            }
        };
    }

    private static void tiles(
            Station s, int kernel, View out, long groups, long rows, long columns, int chunks, Arguments a) {
        long tiles = chunks * groups * ((rows + TILE - 1) / TILE) * ((columns + TILE - 1) / TILE);
        s.groups(s.kernel(Bundle.CONV, Kind.of(out.dtype()), kernel), tiles, LOCAL, a);
    }

    /** The struct Convolution of {@code conv.cl}; a single spatial axis is the second of two. */
    private static void struct(
            Arguments a, Sliding sliding, long groups, View x, View w, View y, View bias, int chunks) {
        int at = a.struct(64 + 6 * 8 + 8);
        long[] wide = {
            x.shape().size(0),
            groups,
            w.shape().size(1),
            w.shape().size(0) / groups,
            Nest.offset(x),
            Nest.offset(w),
            Nest.offset(y),
            Nest.offset(bias)
        };
        for (int i = 0; i < wide.length; i++) {
            a.put(at + 8 * i, wide[i]);
        }
        for (int i = 0; i < 2; i++) {
            int axis = i + sliding.axes() - 2;
            boolean there = axis >= 0;
            long[] sizes = {
                there ? x.shape().size(axis + 2) : 1,
                there ? y.shape().size(axis + 2) : 1,
                there ? w.shape().size(axis + 2) : 1,
                there ? sliding.stride().at(axis) : 1,
                there ? sliding.before().at(axis) : 0,
                there ? sliding.dilation().at(axis) : 1
            };
            for (int j = 0; j < sizes.length; j++) {
                a.put(at + 64 + 8 * j + 4 * i, (int) sizes[j]);
            }
        }
        a.put(at + 112, x.dtype().ordinal());
        a.put(at + 116, chunks);
    }
}

package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Forms;
import io.flambeau.backend.cpu.internal.Halving;
import io.flambeau.backend.cpu.internal.Kernels;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.backend.cpu.internal.vector.VectorHalving;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/** Pooling over one to three spatial axes, plane by plane. */
final class Pools {
    private static final int AXES = 3;
    private static final Forms<Halving> HALVING = Forms.of(Kernels.VECTOR ? VectorHalving::new : null, Pools::halve);

    private Pools() {}

    /** Windows over planes of three axes, of which the first may have size 1. */
    private record Windows(int[] size, int[] out, int[] kernel, int[] stride, int[] padding, int[] dilation) {
        static @Nullable Windows of(Pooling pooling, Shape x) {
            int axes = pooling.axes();
            if (axes > AXES) {
                return null;
            }
            Windows w = new Windows(ones(), ones(), ones(), ones(), new int[AXES], ones());
            for (int i = 0; i < axes; i++) {
                int to = AXES - axes + i;
                long size = x.size(x.rank() - axes + i);
                w.size[to] = Math.toIntExact(size);
                w.out[to] = Math.toIntExact(pooling.windows(i, size));
                w.kernel[to] = Math.toIntExact(pooling.kernel().at(i));
                w.stride[to] = Math.toIntExact(pooling.stride().at(i));
                w.padding[to] = Math.toIntExact(pooling.padding().at(i));
                w.dilation[to] = Math.toIntExact(pooling.dilation().at(i));
            }
            return w;
        }

        private static int[] ones() {
            return new int[] {1, 1, 1};
        }

        int count(int[] sizes) {
            return sizes[0] * sizes[1] * sizes[2];
        }

        /** Where window {@code o} starts along an axis; may be in the padding. */
        int start(int axis, int o) {
            return o * stride[axis] - padding[axis];
        }

        /** The first place of a window that is inside. */
        int first(int axis, int start) {
            return start >= 0 ? start : start + (-start + dilation[axis] - 1) / dilation[axis] * dilation[axis];
        }

        /** The end of a window that starts at {@code start}, inside. */
        int end(int axis, int start) {
            return Math.min(size[axis], start + (kernel[axis] - 1) * dilation[axis] + 1);
        }

        /** The places along an axis that an average counts. */
        int counted(int axis, int start, boolean padded) {
            int end = start + kernel[axis];
            return padded
                    ? Math.min(end, size[axis] + padding[axis]) - start
                    : Math.min(end, size[axis]) - Math.max(start, 0);
        }

        boolean isHalving() {
            return out[0] == 1
                    && size[0] == 1
                    && kernel[0] == 1
                    && kernel[1] == 2
                    && kernel[2] == 2
                    && stride[1] == 2
                    && stride[2] == 2
                    && padding[1] == 0
                    && padding[2] == 0
                    && dilation[1] == 1
                    && dilation[2] == 1
                    && out[1] * 2 <= size[1]
                    && out[2] * 2 <= size[2];
        }
    }

    private static void planes(long count, int plane, Workers.Range range) {
        Workers.ranges(count, 1, Math.max(1, Workers.GRAIN / 4 / Math.max(1, plane)), range);
    }

    private static long planes(Shape x) {
        return x.size(0) * x.size(1);
    }

    static @Nullable Kernel max(Pooling pooling, Spec x) {
        Windows w = Windows.of(pooling, x.shape());
        if (w == null || x.dtype() != DType.F32) {
            return null;
        }
        int plane = w.count(w.size);
        int outs = w.count(w.out);
        return (in, out) -> planes(planes(in[0].shape()), plane, (first, last) -> {
            for (long p = first; p < last; p++) {
                long from = in[0].address() + p * plane * 4;
                long values = out[0].address() + p * outs * 4;
                long places = out[1].address() + p * outs * 8;
                if (w.isHalving()) {
                    HALVING.now().run(w.out[1], w.out[2], from, w.size[2], values, places);
                } else {
                    maxPlane(w, from, values, places);
                }
            }
        });
    }

    /** Windows of two by two side by side. */
    private static void halve(int rows, int n, long x, int width, long values, long places) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < n; j++) {
                int to = i * n + j;
                Halving.window(x, 2 * (i * width + j), width, values + to * 4L, places + to * 8L);
            }
        }
    }

    private static void maxPlane(Windows w, long x, long values, long places) {
        int o = 0;
        for (int i = 0; i < w.out[0]; i++) {
            int a = w.start(0, i);
            for (int j = 0; j < w.out[1]; j++) {
                int b = w.start(1, j);
                for (int k = 0; k < w.out[2]; k++) {
                    maxWindow(w, x, a, b, w.start(2, k), values + o * 4L, places + o * 8L);
                    o++;
                }
            }
        }
    }

    private static void maxWindow(Windows w, long x, int a, int b, int c, long value, long place) {
        if (w.first(0, a) >= w.size[0] || w.first(1, b) >= w.size[1] || w.first(2, c) >= w.size[2]) {
            Mem.f32(value, Float.NEGATIVE_INFINITY);
            Mem.i64(place, 0);
            return;
        }
        int best = (w.first(0, a) * w.size[1] + w.first(1, b)) * w.size[2] + w.first(2, c);
        float top = Mem.f32(x + best * 4L);
        for (int i = w.first(0, a); i < w.end(0, a); i += w.dilation[0]) {
            for (int j = w.first(1, b); j < w.end(1, b); j += w.dilation[1]) {
                int row = (i * w.size[1] + j) * w.size[2];
                for (int k = w.first(2, c); k < w.end(2, c); k += w.dilation[2]) {
                    float v = Mem.f32(x + (row + k) * 4L);
                    if (Halving.beats(v, top)) {
                        top = v;
                        best = row + k;
                    }
                }
            }
        }
        Mem.f32(value, top);
        Mem.i64(place, best);
    }

    static Kernel maxBackward(Axes sizes) {
        long plane = Shape.of(sizes.toArray()).count();
        return (in, out) -> {
            Shape g = in[0].shape();
            long outs = g.count() / planes(g);
            planes(planes(g), (int) plane, (first, last) -> {
                Mem.zero(out[0].address() + first * plane * 4, (last - first) * plane * 4);
                for (long p = first; p < last; p++) {
                    long to = out[0].address() + p * plane * 4;
                    for (long i = p * outs; i < (p + 1) * outs; i++) {
                        long at = to + Mem.i64(in[1].address() + i * 8) * 4;
                        Mem.f32(at, Mem.f32(at) + Mem.f32(in[0].address() + i * 4));
                    }
                }
            });
        };
    }

    private static boolean isPlain(Windows w) {
        return w.dilation[0] == 1 && w.dilation[1] == 1 && w.dilation[2] == 1;
    }

    static @Nullable Kernel average(AvgPool op, Spec x) {
        Windows w = Windows.of(op.pooling(), x.shape());
        if (w == null || !isPlain(w) || x.dtype() != DType.F32) {
            return null;
        }
        int plane = w.count(w.size);
        int outs = w.count(w.out);
        return (in, out) -> planes(planes(in[0].shape()), plane, (first, last) -> {
            for (long p = first; p < last; p++) {
                averagePlane(w, op, in[0].address() + p * plane * 4, out[0].address() + p * outs * 4, false);
            }
        });
    }

    static @Nullable Kernel averageBackward(AvgPoolBackward op, Spec g) {
        Shape x = g.shape().range(0, 2).concat(Shape.of(op.sizes().toArray()));
        Windows w = Windows.of(op.pool().pooling(), x);
        if (w == null || !isPlain(w) || g.dtype() != DType.F32) {
            return null;
        }
        int plane = w.count(w.size);
        int outs = w.count(w.out);
        return (in, out) -> planes(planes(x), plane, (first, last) -> {
            Mem.zero(out[0].address() + first * plane * 4, (last - first) * plane * 4);
            for (long p = first; p < last; p++) {
                averagePlane(w, op.pool(), out[0].address() + p * plane * 4, in[0].address() + p * outs * 4, true);
            }
        });
    }

    /** Averages windows of a plane to {@code y}, or spreads {@code y} over them. */
    private static void averagePlane(Windows w, AvgPool op, long x, long y, boolean spread) {
        if (w.isHalving() && !spread && op.divisor() == 0) {
            averageHalves(w, x, y);
            return;
        }
        int o = 0;
        for (int i = 0; i < w.out[0]; i++) {
            int a = w.start(0, i);
            for (int j = 0; j < w.out[1]; j++) {
                int b = w.start(1, j);
                for (int k = 0; k < w.out[2]; k++) {
                    int c = w.start(2, k);
                    long counted = op.divisor() != 0
                            ? op.divisor()
                            : (long) w.counted(0, a, op.countPadding())
                                    * w.counted(1, b, op.countPadding())
                                    * w.counted(2, c, op.countPadding());
                    long at = y + o++ * 4L;
                    if (spread) {
                        spread(w, x, a, b, c, Mem.f32(at) / counted);
                    } else {
                        Mem.f32(at, sum(w, x, a, b, c) / counted);
                    }
                }
            }
        }
    }

    private static void averageHalves(Windows w, long x, long y) {
        int width = w.size[2];
        for (int i = 0; i < w.out[1]; i++) {
            for (int j = 0; j < w.out[2]; j++) {
                long at = x + (2L * i * width + 2 * j) * 4;
                long below = at + width * 4L;
                float sum = Mem.f32(at) + Mem.f32(at + 4) + Mem.f32(below) + Mem.f32(below + 4);
                Mem.f32(y + (i * w.out[2] + j) * 4L, sum / 4);
            }
        }
    }

    private static float sum(Windows w, long x, int a, int b, int c) {
        float sum = 0;
        for (int i = w.first(0, a); i < w.end(0, a); i++) {
            for (int j = w.first(1, b); j < w.end(1, b); j++) {
                int row = (i * w.size[1] + j) * w.size[2];
                for (int k = w.first(2, c); k < w.end(2, c); k++) {
                    sum += Mem.f32(x + (row + k) * 4L);
                }
            }
        }
        return sum;
    }

    private static void spread(Windows w, long x, int a, int b, int c, float share) {
        for (int i = w.first(0, a); i < w.end(0, a); i++) {
            for (int j = w.first(1, b); j < w.end(1, b); j++) {
                int row = (i * w.size[1] + j) * w.size[2];
                for (int k = w.first(2, c); k < w.end(2, c); k++) {
                    long at = x + (row + k) * 4L;
                    Mem.f32(at, Mem.f32(at) + share);
                }
            }
        }
    }
}

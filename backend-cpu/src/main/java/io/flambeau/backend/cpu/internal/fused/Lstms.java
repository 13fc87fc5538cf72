package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.recurrent.Lstm;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** Long short-term memory over whole sequences, without mask and projection: the weight is packed once. */
final class Lstms {
    private Lstms() {}

    private static boolean isCovered(Lstm op) {
        return !op.projected() && !op.sweep().masked();
    }

    static @Nullable Kernel forward(Lstm op, Shape gates) {
        if (!isCovered(op)) {
            return null;
        }
        Sequence sequence = Sequence.of(op.sweep(), gates);
        int n = Math.toIntExact(gates.size(2) / 4);
        return (in, out) -> {
            long weight = Scratch.get(Scratch.SHARED, Gemm.F32.packedBytes(4 * n, n));
            Gemm.F32.pack(4 * n, n, new Matrix(in[3].address(), 1, n), weight);
            sequence.parts((from, count) -> {
                for (int place = 0; place < sequence.steps(); place++) {
                    int t = sequence.step(place);
                    long h = sequence.before(out[0].address(), in[1].address(), place, from, n);
                    long c = sequence.before(out[1].address(), in[2].address(), place, from, n);
                    long a = sequence.row(out[2].address(), t, from, 4 * n);
                    long x = sequence.row(in[0].address(), t, from, 4 * n);
                    long nextH = sequence.row(out[0].address(), t, from, n);
                    long nextC = sequence.row(out[1].address(), t, from, n);
                    Gemm.F32.packed(count, 4 * n, n, new Matrix(h, n, 1), weight, new Matrix(a, 4L * n, 1));
                    for (int i = 0; i < count; i++) {
                        long row = i * n * 4L;
                        step(n, x + 4 * row, a + 4 * row, c + row, nextC + row, nextH + row);
                    }
                }
            });
        };
    }

    /** The gates and states of one sample from the product in the gates' place. */
    private static void step(int n, long x, long gates, long c, long nextC, long nextH) {
        long size = n * 4L;
        Row.ADD_SIGMOID.map(2 * n, gates, x, gates, 0, 0);
        Row.ADD_TANH.map(n, gates + 2 * size, x + 2 * size, gates + 2 * size, 0, 0);
        Row.ADD_SIGMOID.map(n, gates + 3 * size, x + 3 * size, gates + 3 * size, 0, 0);
        Row.PRODUCT.map(n, gates, gates + 2 * size, nextC, 0, 0);
        Row.MULTIPLY_ADD.map(n, gates + size, c, nextC, nextC, 0, 0, 0);
        Row.TIMES_TANH.map(n, gates + 3 * size, nextC, nextH, 0, 0);
    }

    static @Nullable Kernel backward(Lstm op, Shape gates) {
        if (!isCovered(op)) {
            return null;
        }
        Sequence sequence = Sequence.of(op.sweep(), gates);
        int n = Math.toIntExact(gates.size(2) / 4);
        return (in, out) -> {
            long weight = Scratch.get(Scratch.SHARED, Gemm.F32.packedBytes(n, 4 * n));
            Gemm.F32.pack(n, 4 * n, new Matrix(in[8].address(), n, 1), weight);
            sequence.parts((from, count) -> backward(sequence, n, weight, in, out, from, count));
            sequence.weight(out[0].address(), 4 * n, in[3].address(), in[6].address(), n, out[3].address());
        };
    }

    private static void backward(Sequence sequence, int n, long weight, View[] in, View[] out, int from, int count) {
        long dh = out[1].address() + (long) from * n * 4;
        long dc = out[2].address() + (long) from * n * 4;
        Mem.zero(dh, count * n * 4L);
        Mem.zero(dc, count * n * 4L);
        for (int place = sequence.steps() - 1; place >= 0; place--) {
            int t = sequence.step(place);
            long before = sequence.before(in[4].address(), in[7].address(), place, from, n);
            long c = sequence.row(in[4].address(), t, from, n);
            long gh = sequence.row(in[0].address(), t, from, n);
            long gc = sequence.row(in[1].address(), t, from, n);
            long g = sequence.row(in[2].address(), t, from, 4 * n);
            long gates = sequence.row(in[5].address(), t, from, 4 * n);
            long dx = sequence.row(out[0].address(), t, from, 4 * n);
            for (int i = 0; i < count; i++) {
                long row = i * n * 4L;
                Row.ADD.map(n, dh + row, gh + row, dh + row, 0, 0);
                Row.ADD.map(n, dc + row, gc + row, dc + row, 0, 0);
                back(n, c + row, before + row, gates + 4 * row, g + 4 * row, dh + row, dc + row, dx + 4 * row);
            }
            Matrix slopes = new Matrix(dx, 4L * n, 1);
            Gemm.F32.packed(count, n, 4 * n, slopes, weight, new Matrix(dh, n, 1));
        }
    }

    /** The gradients before the gates of one sample, and that for the cell before the step in the place of dc. */
    private static void back(int n, long c, long before, long gates, long g, long dh, long dc, long dx) {
        long size = n * 4L;
        long f = gates + size;
        long now = f + size;
        long o = now + size;
        long bent = Scratch.get(Scratch.FUSED, 2 * size);
        long slope = bent + size;
        Row.TANH.map(n, c, bent, 0, 0);
        Row.TIMES_TANH_SLOPE.map(n, dh, o, bent, slope, 0, 0, 0);
        Row.ADD.map(n, dc, slope, dc, 0, 0);
        Row.MULTIPLY_ADD.map(n, dc, now, g, slope, 0, 0, 0);
        Row.LOGISTIC_SLOPE.map(n, slope, gates, dx, 0, 0);
        Row.MULTIPLY_ADD.map(n, dc, before, g + size, slope, 0, 0, 0);
        Row.LOGISTIC_SLOPE.map(n, slope, f, dx + size, 0, 0);
        Row.MULTIPLY_ADD.map(n, dc, gates, g + 2 * size, slope, 0, 0, 0);
        Row.TANH_SLOPE.map(n, slope, now, dx + 2 * size, 0, 0);
        Row.MULTIPLY_ADD.map(n, dh, bent, g + 3 * size, slope, 0, 0, 0);
        Row.LOGISTIC_SLOPE.map(n, slope, o, dx + 3 * size, 0, 0);
        Row.PRODUCT.map(n, dc, f, dc, 0, 0);
    }
}

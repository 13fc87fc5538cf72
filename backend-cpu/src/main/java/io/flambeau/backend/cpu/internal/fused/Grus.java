package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Reductions;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Strided;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.recurrent.Gru;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** Gated recurrent units over whole sequences, without mask: the weight is packed once. */
final class Grus {
    private Grus() {}

    /** @param x what the input gives to the gates, [steps, samples, 3 n] */
    static @Nullable Kernel forward(Gru op, Shape x) {
        if (op.sweep().masked()) {
            return null;
        }
        Sequence sequence = Sequence.of(op.sweep(), x);
        int n = Math.toIntExact(x.size(2) / 3);
        return (in, out) -> {
            long bias = op.biased() ? in[3].address() : 0;
            long weight = Scratch.get(Scratch.SHARED, Gemm.F32.packedBytes(3 * n, n));
            Gemm.F32.pack(3 * n, n, new Matrix(in[2].address(), 1, n), weight);
            sequence.parts((from, count) -> {
                long product = Scratch.get(Scratch.FUSED, (3L * count + 1) * n * 4);
                for (int place = 0; place < sequence.steps(); place++) {
                    int t = sequence.step(place);
                    long h = sequence.before(out[0].address(), in[1].address(), place, from, n);
                    Matrix result = new Matrix(product, 3L * n, 1);
                    Gemm.F32.packed(count, 3 * n, n, new Matrix(h, n, 1), weight, result);
                    for (int i = 0; i < count; i++) {
                        long gates = sequence.row(out[1].address(), t, from + i, 4 * n);
                        long given = sequence.row(in[0].address(), t, from + i, 3 * n);
                        long next = sequence.row(out[0].address(), t, from + i, n);
                        step(n, given, product + i * n * 12L, bias, gates, h + i * n * 4L, next);
                    }
                }
            });
        };
    }

    private static void step(int n, long x, long product, long bias, long gates, long h, long next) {
        long size = n * 4L;
        if (bias != 0) {
            Row.ADD.map(3 * n, product, bias, product, 0, 0);
        }
        Row.ADD_SIGMOID.map(2 * n, product, x, gates, 0, 0);
        long now = gates + 2 * size;
        Mem.copy(product + 2 * size, gates + 3 * size, size);
        Row.MULTIPLY_ADD.map(n, gates, gates + 3 * size, x + 2 * size, now, 0, 0, 0);
        Row.TANH.map(n, now, now, 0, 0);
        Row.MIX.map(n, h, now, gates + size, next, 0, 0, 0);
    }

    /** @param gates the second result, [steps, samples, 4 n] */
    static @Nullable Kernel backward(Gru op, Shape gates) {
        if (op.sweep().masked()) {
            return null;
        }
        Sequence sequence = Sequence.of(op.sweep(), gates);
        int n = Math.toIntExact(gates.size(2) / 4);
        return (in, out) -> {
            long bytes = Gemm.F32.packedBytes(n, 3 * n);
            long rows = (long) sequence.steps() * sequence.samples();
            long weight = Scratch.get(Scratch.SHARED, bytes + rows * n * 12);
            long products = weight + bytes;
            Gemm.F32.pack(n, 3 * n, new Matrix(in[5].address(), n, 1), weight);
            sequence.parts((from, count) -> backward(sequence, n, weight, products, in, out, from, count));
            sequence.weight(products, 3 * n, in[2].address(), in[4].address(), n, out[2].address());
            if (op.biased()) {
                Strided all = Strided.dense(products, Element.F32, rows, 3L * n);
                Reductions.run(
                        new Reduce(Reduce.Kind.SUM, 1), all, Strided.dense(out[3].address(), Element.F32, 1, 3L * n));
            }
        };
    }

    private static void backward(
            Sequence sequence, int n, long weight, long products, View[] in, View[] out, int from, int count) {
        long size = n * 4L;
        long dh = out[1].address() + from * size;
        long passed = Scratch.get(Scratch.FUSED, (count + 1) * size);
        Mem.zero(dh, count * size);
        for (int place = sequence.steps() - 1; place >= 0; place--) {
            int t = sequence.step(place);
            long before = sequence.before(in[2].address(), in[4].address(), place, from, n);
            for (int i = 0; i < count; i++) {
                long gates = sequence.row(in[3].address(), t, from + i, 4 * n);
                long g = sequence.row(in[1].address(), t, from + i, 4 * n);
                long dx = sequence.row(out[0].address(), t, from + i, 3 * n);
                long product = sequence.row(products, t, from + i, 3 * n);
                long h = dh + i * size;
                Row.ADD.map(n, sequence.row(in[0].address(), t, from + i, n), h, h, 0, 0);
                back(n, before + i * size, gates, g, h, passed + count * size, dx);
                Mem.copy(dx, product, 2 * size);
                Row.MULTIPLY_ADD.map(n, dx + 2 * size, gates, g + 3 * size, product + 2 * size, 0, 0, 0);
                Row.PRODUCT.map(n, h, gates + size, passed + i * size, 0, 0);
            }
            Matrix slopes = new Matrix(sequence.row(products, t, from, 3 * n), 3L * n, 1);
            Gemm.F32.packed(count, n, 3 * n, slopes, weight, new Matrix(dh, n, 1));
            Row.ADD.map(count * n, dh, passed, dh, 0, 0);
        }
    }

    /** The gradients before the gates r, z and n of one sample. */
    private static void back(int n, long before, long gates, long g, long dh, long buffer, long dx) {
        long size = n * 4L;
        long z = gates + size;
        long now = z + size;
        Row.TIMES_REST.map(n, dh, z, buffer, 0, 0);
        Row.ADD.map(n, buffer, g + 2 * size, buffer, 0, 0);
        Row.TANH_SLOPE.map(n, buffer, now, dx + 2 * size, 0, 0);
        Row.TIMES_DIFFERENCE.map(n, dh, before, now, buffer, 0, 0, 0);
        Row.ADD.map(n, buffer, g + size, buffer, 0, 0);
        Row.LOGISTIC_SLOPE.map(n, buffer, z, dx + size, 0, 0);
        Row.MULTIPLY_ADD.map(n, dx + 2 * size, now + size, g, buffer, 0, 0, 0);
        Row.LOGISTIC_SLOPE.map(n, buffer, gates, dx, 0, 0);
    }
}

package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;

/**
 * Fourier transforms along one axis after another. Lines are gathered by the dozen, as many as fit the cache, transformed
 * and scattered; neighbouring lines of an inner axis share what the cache fetches.
 */
final class Transforms {
    /** Elements of the lines that are transformed together. */
    private static final int BLOCK = 16 * 1024;
    /** Lines of an inner axis that are gathered together: four cache lines of complex floats. */
    private static final int TOGETHER = 32;

    /** One axis, and the operation that transforms the rows of a matrix in the same way. */
    record Pass(int axis, HostOp rows) {}

    private Transforms() {}

    static Kernel of(Pass... passes) {
        return (inputs, outputs) -> {
            View from = inputs[0];
            for (Pass pass : passes) {
                run(pass, from, outputs[0]);
                from = outputs[0];
            }
        };
    }

    private static void run(Pass pass, View from, View to) {
        Shape shape = from.shape();
        int axis = pass.axis();
        int n = Math.toIntExact(shape.size(axis));
        int m = Math.toIntExact(to.shape().size(axis));
        long outer = shape.range(0, axis).count();
        int inner = Math.toIntExact(shape.range(axis + 1, shape.rank()).count());
        if (inner == 1) {
            int lines = Math.max(1, BLOCK / n);
            Workers.run(parts(outer, lines), part -> {
                long first = (long) part * lines;
                int count = (int) Math.min(lines, outer - first);
                DType dtype = from.dtype();
                HostArray block = Values.read(dtype, from.address() + first * n * dtype.bytes(), Shape.of(count, n));
                HostArray result = pass.rows().run(new HostArray[] {block})[0];
                Values.write(result, to.address() + first * m * to.dtype().bytes());
            });
            return;
        }
        int columns = Math.min(inner, Math.max(4, Math.min(TOGETHER, BLOCK / n)));
        int across = parts(inner, columns);
        Workers.run(Math.toIntExact(outer * across), part -> {
            long o = part / across;
            int first = part % across * columns;
            int count = Math.min(columns, inner - first);
            int in = from.dtype().bytes();
            int out = to.dtype().bytes();
            HostArray gathered = HostArray.zeros(from.dtype(), Shape.of(n, count));
            for (int k = 0; k < n; k++) {
                Values.read(
                        from.dtype(), from.address() + ((o * n + k) * inner + first) * in, gathered, k * count, count);
            }
            HostArray result = transposed(pass.rows().run(new HostArray[] {transposed(gathered)})[0]);
            for (int k = 0; k < m; k++) {
                Values.write(result, k * count, to.address() + ((o * m + k) * inner + first) * out, count);
            }
        });
    }

    private static int parts(long whole, int part) {
        return Math.toIntExact((whole + part - 1) / part);
    }

    private static HostArray transposed(HostArray x) {
        int rows = (int) x.shape().size(0);
        int columns = (int) x.shape().size(1);
        HostArray y = HostArray.zeros(x.dtype(), Shape.of(columns, rows));
        double[] from = x.reals();
        double[] to = y.reals();
        if (x.dtype().isComplex()) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[2 * (j * rows + i)] = from[2 * (i * columns + j)];
                    to[2 * (j * rows + i) + 1] = from[2 * (i * columns + j) + 1];
                }
            }
        } else {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[j * rows + i] = from[i * columns + j];
                }
            }
        }
        return y;
    }
}

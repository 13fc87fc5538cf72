package io.flambeau.backend.cpu.internal;

/** Batches of matrix products of every element type. */
public final class Products {
    /** Multiplications below which a batch is cut between its matrices rather than within them. */
    private static final long SMALL = 1 << 20;

    private Products() {}

    /** out[b] = x[b] y[b], all of rank 3. */
    public static void run(Strided x, Strided y, Strided out) {
        switch (out.type()) {
            case F32 -> batch(Gemm.F32, x, y, out);
            case F64 -> batch(Gemm.F64, x, y, out);
            case F16, BF16 -> halves(x, y, out);
            default -> loops(x, y, out);
        }
    }

    private static void batch(Gemm gemm, Strided x, Strided y, Strided out) {
        long count = out.sizes()[0];
        int m = Math.toIntExact(out.sizes()[1]);
        int n = Math.toIntExact(out.sizes()[2]);
        int k = Math.toIntExact(x.sizes()[2]);
        boolean stacked = count > 1
                && y.strides()[0] == 0
                && x.strides()[0] == m * x.strides()[1]
                && out.strides()[0] == m * out.strides()[1];
        if (stacked) {
            gemm.run(Math.toIntExact(count * m), n, k, matrix(x, 0), matrix(y, 0), matrix(out, 0), false, null);
            return;
        }
        long work = (long) m * n * k;
        if (work >= SMALL || count == 1) {
            for (int b = 0; b < count; b++) {
                gemm.run(m, n, k, matrix(x, b), matrix(y, b), matrix(out, b), false, null);
            }
            return;
        }
        Workers.ranges(count, 1, Math.max(1, SMALL / 8 / Math.max(1, work)), (from, to) -> {
            for (long b = from; b < to; b++) {
                gemm.run(m, n, k, matrix(x, b), matrix(y, b), matrix(out, b), false, null);
            }
        });
    }

    private static Matrix matrix(Strided x, long batch) {
        long at = x.address() + batch * x.strides()[0] * x.type().bytes;
        return new Matrix(at, x.strides()[1], x.strides()[2]);
    }

    /** Half precision is widened, multiplied in single precision and rounded once. */
    private static void halves(Strided x, Strided y, Strided out) {
        long xs = (x.count() * 4 + 63) / 64 * 64;
        long ys = (y.count() * 4 + 63) / 64 * 64;
        long memory = Scratch.get(Scratch.WIDE, xs + ys + out.count() * 4);
        Strided a = Strided.dense(memory, Element.F32, x.sizes());
        Strided b = Strided.dense(memory + xs, Element.F32, y.sizes());
        Strided c = Strided.dense(memory + xs + ys, Element.F32, out.sizes());
        Copying.run(x, a);
        Copying.run(y, b);
        batch(Gemm.F32, a, b, c);
        Copying.run(c, out);
    }

    /** Integers, which wrap, and complex numbers, in double precision. */
    private static void loops(Strided x, Strided y, Strided out) {
        long m = out.sizes()[1];
        long n = out.sizes()[2];
        long k = x.sizes()[2];
        Element type = out.type();
        long xStep = x.strides()[2] * type.bytes;
        long yStep = y.strides()[1] * type.bytes;
        Workers.ranges(out.count(), 1, Math.max(1, Workers.GRAIN / 2 / Math.max(1, k)), (from, to) -> {
            for (long at = from; at < to; at++) {
                long b = at / (m * n);
                long i = at / n % m;
                long j = at % n;
                long row = x.address() + (b * x.strides()[0] + i * x.strides()[1]) * type.bytes;
                long col = y.address() + (b * y.strides()[0] + j * y.strides()[2]) * type.bytes;
                long cell = out.address()
                        + (b * out.strides()[0] + i * out.strides()[1] + j * out.strides()[2]) * type.bytes;
                if (type.isComplex()) {
                    complex(type, k, row, xStep, col, yStep, cell);
                } else {
                    long sum = 0;
                    for (long p = 0; p < k; p++) {
                        sum += type.i64(row + p * xStep) * type.i64(col + p * yStep);
                    }
                    type.i64(cell, sum);
                }
            }
        });
    }

    private static void complex(Element type, long k, long row, long rowStep, long col, long colStep, long to) {
        double re = 0;
        double im = 0;
        for (long p = 0; p < k; p++) {
            double a = type.f64(row + p * rowStep);
            double b = type.imaginary(row + p * rowStep);
            double c = type.f64(col + p * colStep);
            double d = type.imaginary(col + p * colStep);
            re += a * c - b * d;
            im += a * d + b * c;
        }
        type.c128(to, re, im);
    }
}

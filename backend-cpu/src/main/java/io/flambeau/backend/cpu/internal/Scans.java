package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Scan;

/**
 * Running reductions along an axis, element after element; sums and products of floats are carried in double
 * precision.
 */
public final class Scans {
    private Scans() {}

    public static void run(Scan op, Strided x, Strided[] outs) {
        if (x.count() == 0) {
            return;
        }
        if (op.kind() == Scan.Kind.SUM || op.kind() == Scan.Kind.PROD) {
            accumulate(op.kind() == Scan.Kind.SUM, new Lines(op.axis(), x, outs[0]), x.type());
        } else {
            extremes(op.kind() == Scan.Kind.MAX, new Lines(op.axis(), x, outs[0], outs[1]), x.type());
        }
    }

    private static void accumulate(boolean sum, Lines lines, Element type) {
        lines.each(2, (from, to) -> {
            for (long line = from; line < to; line++) {
                long x = lines.starts.address(0, line);
                long out = lines.starts.address(1, line);
                if (type.isInteger()) {
                    integers(sum, lines, type, x, out);
                } else if (type.isComplex()) {
                    complex(sum, lines, type, x, out);
                } else {
                    reals(sum, lines, type, x, out);
                }
            }
        });
    }

    private static void integers(boolean sum, Lines lines, Element type, long x, long out) {
        long value = sum ? 0 : 1;
        for (long i = 0; i < lines.length; i++) {
            long v = type.i64(x + i * lines.steps[0]);
            value = sum ? value + v : value * v;
            type.i64(out + i * lines.steps[1], value);
        }
    }

    private static void reals(boolean sum, Lines lines, Element type, long x, long out) {
        double value = sum ? 0 : 1;
        for (long i = 0; i < lines.length; i++) {
            double v = type.f64(x + i * lines.steps[0]);
            value = sum ? value + v : value * v;
            type.f64(out + i * lines.steps[1], value);
        }
    }

    private static void complex(boolean sum, Lines lines, Element type, long x, long out) {
        double re = sum ? 0 : 1;
        double im = 0;
        for (long i = 0; i < lines.length; i++) {
            double a = type.f64(x + i * lines.steps[0]);
            double b = type.imaginary(x + i * lines.steps[0]);
            double real = sum ? re + a : re * a - im * b;
            im = sum ? im + b : re * b + im * a;
            re = real;
            type.c128(out + i * lines.steps[1], re, im);
        }
    }

    private static void extremes(boolean max, Lines lines, Element type) {
        lines.each(4, (from, to) -> {
            for (long line = from; line < to; line++) {
                extreme(max, lines, type, line);
            }
        });
    }

    private static void extreme(boolean max, Lines lines, Element type, long line) {
        long x = lines.starts.address(0, line);
        long at = 0;
        for (long i = 0; i < lines.length; i++) {
            if (i > 0 && reached(max, type, x + i * lines.steps[0], x + at * lines.steps[0])) {
                at = i;
            }
            Move.of(type, type)
                    .run(1, x + at * lines.steps[0], 0, lines.starts.address(1, line) + i * lines.steps[1], 0);
            Mem.i64(lines.starts.address(2, line) + i * lines.steps[2], at);
        }
    }

    /** Whether the element at {@code a} takes the place of the best so far at {@code b}: also on a tie, and if NaN. */
    private static boolean reached(boolean max, Element type, long a, long b) {
        if (type.isInteger()) {
            return max ? type.i64(a) >= type.i64(b) : type.i64(a) <= type.i64(b);
        }
        double x = type.f64(a);
        double y = type.f64(b);
        return x != x || y == y && (max ? x >= y : x <= y);
    }
}

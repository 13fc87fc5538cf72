package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Reduce;

/** Sums and products of complex numbers, in double precision, by halves down to runs of 64. */
final class ComplexReductions {
    private ComplexReductions() {}

    static void run(Reduce op, Strided x, Strided out) {
        boolean sum = op.kind() == Reduce.Kind.SUM;
        Nest kept = new Nest(false, x.axes(op.axes(), false), out.axes(op.axes(), false));
        Nest reduced = new Nest(false, x.axes(op.axes(), true));
        Element from = x.type();
        Element to = out.type();
        long grain = Math.max(1, Workers.GRAIN / 4 / Math.max(1, reduced.count));
        Workers.ranges(kept.count, 1, grain, (first, last) -> {
            double[] value = new double[2];
            for (long o = first; o < last; o++) {
                long shift = kept.address(0, o) - reduced.addresses[0];
                halves(reduced, from, sum, shift, 0, reduced.count, value);
                to.c128(kept.address(1, o), value[0], value[1]);
            }
        });
    }

    private static void halves(Nest nest, Element type, boolean sum, long shift, long from, long to, double[] value) {
        if (to - from > 64) {
            long middle = from + Long.highestOneBit(to - from - 1);
            halves(nest, type, sum, shift, from, middle, value);
            double re = value[0];
            double im = value[1];
            halves(nest, type, sum, shift, middle, to, value);
            join(sum, re, im, value);
            return;
        }
        double re = sum ? 0 : 1;
        double im = 0;
        for (long i = from; i < to; i++) {
            long at = nest.address(0, i) + shift;
            value[0] = type.f64(at);
            value[1] = type.imaginary(at);
            join(sum, re, im, value);
            re = value[0];
            im = value[1];
        }
        value[0] = re;
        value[1] = im;
    }

    /** Joins (re, im) with the value, which becomes the result. */
    private static void join(boolean sum, double re, double im, double[] value) {
        double a = value[0];
        double b = value[1];
        value[0] = sum ? re + a : re * a - im * b;
        value[1] = sum ? im + b : re * b + im * a;
    }
}

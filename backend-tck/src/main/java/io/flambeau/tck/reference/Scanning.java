package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.op.Scan;

/** Scans: along each row, what was accumulated up to and with each element. */
final class Scanning {
    private Scanning() {}

    static void scan(Scan op, Elements x, long n, Elements[] out) {
        for (long first = 0; first < x.count(); first += n) {
            switch (op.kind()) {
                case SUM, PROD -> accumulate(op.kind() == Scan.Kind.SUM, x, first, n, out[0]);
                case MAX, MIN -> extremes(op.kind() == Scan.Kind.MAX, x, first, n, out[0], out[1]);
            }
        }
    }

    private static void accumulate(boolean sum, Elements x, long first, long n, Elements out) {
        long integer = sum ? 0 : 1;
        double real = integer;
        Complex complex = sum ? Complex.ZERO : Complex.ONE;
        for (long i = first; i < first + n; i++) {
            switch (x.dtype().category()) {
                case BOOL, INTEGRAL -> {
                    integer = sum ? integer + x.integer(i) : integer * x.integer(i);
                    out.set(i, integer);
                }
                case FLOATING -> {
                    real = sum ? real + x.real(i) : real * x.real(i);
                    out.set(i, real);
                }
                case COMPLEX -> {
                    complex = sum ? complex.plus(x.complex(i)) : complex.times(x.complex(i));
                    out.set(i, complex);
                }
            }
        }
    }

    private static void extremes(boolean max, Elements x, long first, long n, Elements values, Elements indices) {
        long best = first;
        for (long i = first; i < first + n; i++) {
            if (reaches(max, x, i, best)) {
                best = i;
            }
            values.copy(i, x, best);
            indices.set(i, best - first);
        }
    }

    /** Whether element i is at least as extreme as element j; NaN is the most extreme. */
    private static boolean reaches(boolean max, Elements x, long i, long j) {
        if (!x.dtype().isFloating()) {
            return max ? x.integer(i) >= x.integer(j) : x.integer(i) <= x.integer(j);
        }
        double a = x.real(i);
        double b = x.real(j);
        return Double.isNaN(a) || (max ? a >= b : a <= b);
    }
}

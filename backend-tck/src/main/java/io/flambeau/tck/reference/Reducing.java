package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Reduce;

/** Reductions: each row of x gives one element. Floating sums and products are formed in double and rounded once. */
final class Reducing {
    private Reducing() {}

    static void reduce(Reduce op, Elements x, Elements out) {
        long n = out.count() == 0 ? 0 : x.count() / out.count();
        for (long row = 0; row < out.count(); row++) {
            long first = row * n;
            switch (op.kind()) {
                case ANY -> out.set(row, any(x, first, n, true) ? 1L : 0L);
                case ALL -> out.set(row, any(x, first, n, false) ? 0L : 1L);
                default -> fold(op.kind(), x, first, n, out, row);
            }
        }
    }

    /** Whether a row has an element that is (or is not) different from zero. */
    private static boolean any(Elements x, long first, long n, boolean nonzero) {
        for (long i = first; i < first + n; i++) {
            boolean found = x.dtype().isDifferentiable()
                    ? x.complex(i).re() != 0 || x.complex(i).im() != 0
                    : x.integer(i) != 0;
            if (found == nonzero) {
                return true;
            }
        }
        return false;
    }

    private static void fold(Reduce.Kind kind, Elements x, long first, long n, Elements out, long row) {
        switch (x.dtype().category()) {
            case BOOL, INTEGRAL -> out.set(row, integers(kind, x, first, n));
            case FLOATING -> out.set(row, reals(kind, x, first, n));
            case COMPLEX -> {
                Complex total = kind == Reduce.Kind.SUM ? Complex.ZERO : Complex.ONE;
                for (long i = first; i < first + n; i++) {
                    total = kind == Reduce.Kind.SUM ? total.plus(x.complex(i)) : total.times(x.complex(i));
                }
                out.set(row, total);
            }
        }
    }

    private static long integers(Reduce.Kind kind, Elements x, long first, long n) {
        long total = kind == Reduce.Kind.SUM ? 0 : kind == Reduce.Kind.PROD ? 1 : x.integer(first);
        for (long i = first; i < first + n; i++) {
            long next = x.integer(i);
            total = switch (kind) {
                case SUM -> total + next;
                case PROD -> total * next;
                case MAX -> Math.max(total, next);
                default -> Math.min(total, next);
            };
        }
        return total;
    }

    private static double reals(Reduce.Kind kind, Elements x, long first, long n) {
        double total = kind == Reduce.Kind.SUM ? 0 : kind == Reduce.Kind.PROD ? 1 : x.real(first);
        for (long i = first; i < first + n; i++) {
            double next = x.real(i);
            total = switch (kind) {
                case SUM -> total + next;
                case PROD -> total * next;
                case MAX -> Math.max(total, next);
                default -> Math.min(total, next);
            };
        }
        return total;
    }

    static void argReduce(ArgReduce op, Elements x, long n, Elements out) {
        for (long row = 0; row < out.count(); row++) {
            long best = 0;
            for (long i = 1; i < n; i++) {
                if (beats(op.max(), x, row * n + i, row * n + best)) {
                    best = i;
                }
            }
            out.set(row, best);
        }
    }

    /** Whether element i comes strictly before element j: NaN before all numbers, then the greater or smaller. */
    private static boolean beats(boolean max, Elements x, long i, long j) {
        if (x.dtype().category().compareTo(DType.Category.FLOATING) < 0) {
            return max ? x.integer(i) > x.integer(j) : x.integer(i) < x.integer(j);
        }
        double a = x.real(i);
        double b = x.real(j);
        return Double.isNaN(a) ? !Double.isNaN(b) : max ? a > b : a < b;
    }
}

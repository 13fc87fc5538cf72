package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;

/**
 * Factorisations of doubles by halves: the left half, then the rest less its product, then the right half (Toledo 1997,
 * "Locality of reference in LU decomposition with partial pivoting"; Elmroth and Gustavson 1998). All but a sliver of
 * the work is in matrix products. Matrices are row-major, {@code ld} elements from row to row.
 */
final class Bisection {
    /** The order up to which plain loops do it. */
    private static final int BASE = 16;
    /** Rows of a symmetric update that are computed at a time. */
    private static final int STRIPE = 128;

    private Bisection() {}

    private static long at(long a, int ld, int i, int j) {
        return a + 8L * ((long) i * ld + j);
    }

    private static Matrix matrix(long a, int ld) {
        return new Matrix(a, ld, 1);
    }

    /** c -= a b for c of [m, n] and inner size k. */
    static void subtract(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
        if (m == 0 || n == 0 || k == 0) {
            return;
        }
        // The smaller factor is negated.
        boolean left = m <= n;
        Matrix small = left ? a : b;
        int rows = left ? m : k;
        int columns = left ? k : n;
        long negated = Scratch.get(Scratch.FUSED, 8L * rows * columns);
        for (int i = 0; i < rows; i++) {
            long from = small.address() + 8 * i * small.row();
            long to = negated + 8L * i * columns;
            for (int j = 0; j < columns; j++) {
                Mem.f64(to + 8L * j, -Mem.f64(from + 8 * j * small.col()));
            }
        }
        Matrix minus = new Matrix(negated, columns, 1);
        Gemm.F64.run(m, n, k, left ? minus : a, left ? b : minus, c, true, null);
    }

    /** Replaces the lower triangle by L with A = L transpose(L); false, if a pivot is not positive. */
    static boolean cholesky(long a, int n, int ld) {
        if (n <= BASE) {
            return smallCholesky(a, n, ld);
        }
        int h = half(n);
        long below = at(a, ld, h, 0);
        if (!cholesky(a, h, ld)) {
            return false;
        }
        solveRightTransposed(a, h, ld, below, n - h);
        for (int i = h; i < n; i += STRIPE) {
            int rows = Math.min(STRIPE, n - i);
            long stripe = at(a, ld, i, 0);
            Matrix columns = matrix(below, ld).transposed();
            subtract(rows, i - h + rows, h, matrix(stripe, ld), columns, matrix(at(a, ld, i, h), ld));
        }
        return cholesky(at(a, ld, h, h), n - h, ld);
    }

    /** About a half, a multiple of the base, so that small orders are alike. */
    private static int half(int n) {
        return Math.max(BASE, n / 2 / BASE * BASE);
    }

    private static boolean smallCholesky(long a, int n, int ld) {
        for (int j = 0; j < n; j++) {
            double d = Mem.f64(at(a, ld, j, j)) - dot(at(a, ld, j, 0), at(a, ld, j, 0), j);
            if (!(d > 0)) {
                return false;
            }
            double root = Math.sqrt(d);
            Mem.f64(at(a, ld, j, j), root);
            for (int i = j + 1; i < n; i++) {
                double x = Mem.f64(at(a, ld, i, j)) - dot(at(a, ld, i, 0), at(a, ld, j, 0), j);
                Mem.f64(at(a, ld, i, j), x / root);
            }
        }
        return true;
    }

    private static double dot(long x, long y, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += Mem.f64(x + 8L * k) * Mem.f64(y + 8L * k);
        }
        return sum;
    }

    /** Replaces B [m, n] by the X with X transpose(L) = B; B lies in the same array as L. */
    private static void solveRightTransposed(long l, int n, int ld, long b, int m) {
        if (n <= BASE) {
            for (int i = 0; i < m; i++) {
                long row = at(b, ld, i, 0);
                for (int j = 0; j < n; j++) {
                    double x = Mem.f64(row + 8L * j) - dot(row, at(l, ld, j, 0), j);
                    Mem.f64(row + 8L * j, x / Mem.f64(at(l, ld, j, j)));
                }
            }
            return;
        }
        int h = half(n);
        solveRightTransposed(l, h, ld, b, m);
        Matrix corner = matrix(at(l, ld, h, 0), ld).transposed();
        subtract(m, n - h, h, matrix(b, ld), corner, matrix(b + 8L * h, ld));
        solveRightTransposed(at(l, ld, h, h), n - h, ld, b + 8L * h, m);
    }

    /** Replaces B [n, r] by the X with L X = B. */
    static void solveLower(long l, int n, int ld, boolean unit, long b, int r, int ldb) {
        if (n <= BASE) {
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < i; k++) {
                    less(r, Mem.f64(at(l, ld, i, k)), at(b, ldb, k, 0), at(b, ldb, i, 0));
                }
                if (!unit) {
                    divide(r, at(b, ldb, i, 0), Mem.f64(at(l, ld, i, i)));
                }
            }
            return;
        }
        int h = half(n);
        solveLower(l, h, ld, unit, b, r, ldb);
        long rest = at(b, ldb, h, 0);
        subtract(n - h, r, h, matrix(at(l, ld, h, 0), ld), matrix(b, ldb), matrix(rest, ldb));
        solveLower(at(l, ld, h, h), n - h, ld, unit, rest, r, ldb);
    }

    /** Replaces B [n, r] by the X with U X = B. */
    static void solveUpper(long u, int n, int ld, boolean unit, long b, int r, int ldb) {
        if (n <= BASE) {
            for (int i = n - 1; i >= 0; i--) {
                for (int k = i + 1; k < n; k++) {
                    less(r, Mem.f64(at(u, ld, i, k)), at(b, ldb, k, 0), at(b, ldb, i, 0));
                }
                if (!unit) {
                    divide(r, at(b, ldb, i, 0), Mem.f64(at(u, ld, i, i)));
                }
            }
            return;
        }
        int h = half(n);
        long rest = at(b, ldb, h, 0);
        solveUpper(at(u, ld, h, h), n - h, ld, unit, rest, r, ldb);
        subtract(h, r, n - h, matrix(at(u, ld, 0, h), ld), matrix(rest, ldb), matrix(b, ldb));
        solveUpper(u, h, ld, unit, b, r, ldb);
    }

    /** y -= f x. */
    private static void less(int n, double f, long x, long y) {
        for (int i = 0; i < n; i++) {
            Mem.f64(y + 8L * i, Mem.f64(y + 8L * i) - f * Mem.f64(x + 8L * i));
        }
    }

    private static void divide(int n, long x, double by) {
        for (int i = 0; i < n; i++) {
            Mem.f64(x + 8L * i, Mem.f64(x + 8L * i) / by);
        }
    }

    /** Exchanges two rows of {@code n} elements that lie one after another. */
    static void exchange(long a, int n, int i, int j) {
        if (i == j) {
            return;
        }
        long x = at(a, n, i, 0);
        long y = at(a, n, j, 0);
        for (int k = 0; k < n; k++) {
            double t = Mem.f64(x + 8L * k);
            Mem.f64(x + 8L * k, Mem.f64(y + 8L * k));
            Mem.f64(y + 8L * k, t);
        }
    }

    /**
     * P A = L U of a matrix [m, n] in place.
     *
     * @param pivots where row i was exchanged with row j, counted from 1, as I32
     */
    record Lu(long a, int m, int n, long pivots) {
        /** False, if a pivot is zero. */
        boolean factor() {
            int k = Math.min(m, n);
            if (!columns(0, k)) {
                return false;
            }
            // The columns beyond a square.
            solveLower(a, k, n, true, a + 8L * k, n - k, n);
            return true;
        }

        /** Factors the columns from {@code from} on below row {@code from}; what lies left of them is factored. */
        private boolean columns(int from, int to) {
            int width = to - from;
            if (width <= BASE) {
                return panel(from, to);
            }
            int middle = from + half(width);
            if (!columns(from, middle)) {
                return false;
            }
            long right = at(a, n, from, middle);
            long below = at(a, n, middle, middle);
            solveLower(at(a, n, from, from), middle - from, n, true, right, to - middle, n);
            Matrix left = matrix(at(a, n, middle, from), n);
            subtract(m - middle, to - middle, middle - from, left, matrix(right, n), matrix(below, n));
            return columns(middle, to);
        }

        private boolean panel(int from, int to) {
            for (int k = from; k < to; k++) {
                int p = largest(k);
                Mem.i32(pivots + 4L * k, p + 1);
                double pivot = Mem.f64(at(a, n, p, k));
                if (pivot == 0) {
                    return false;
                }
                exchange(a, n, k, p);
                for (int i = k + 1; i < m; i++) {
                    double f = Mem.f64(at(a, n, i, k)) / pivot;
                    Mem.f64(at(a, n, i, k), f);
                    less(to - k - 1, f, at(a, n, k, k + 1), at(a, n, i, k + 1));
                }
            }
            return true;
        }

        /** The row of the first largest element of column k from row k on; NaN is the largest. */
        private int largest(int k) {
            int best = k;
            double size = Math.abs(Mem.f64(at(a, n, k, k)));
            for (int i = k + 1; i < m && size == size; i++) {
                double x = Math.abs(Mem.f64(at(a, n, i, k)));
                if (!(x <= size)) {
                    size = x;
                    best = i;
                }
            }
            return best;
        }
    }
}

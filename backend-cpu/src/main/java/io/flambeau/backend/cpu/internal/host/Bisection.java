package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Level2;
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

    private static final Level2 LEVEL2 = Level2.of();

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
            long work = Scratch.get(Scratch.FUSED, 8L * BASE * (BASE + Level2.LANES));
            negate(l, n, ld, work);
            for (int i = 0; i < m; i += Level2.LANES) {
                rows(l, n, ld, at(b, ld, i, 0), Math.min(Level2.LANES, m - i), work, work + 8L * BASE * BASE);
            }
            return;
        }
        int h = half(n);
        solveRightTransposed(l, h, ld, b, m);
        Matrix corner = matrix(at(l, ld, h, 0), ld).transposed();
        subtract(m, n - h, h, matrix(b, ld), corner, matrix(b + 8L * h, ld));
        solveRightTransposed(at(l, ld, h, h), n - h, ld, b + 8L * h, m);
    }

    /** Writes -A of a small matrix, {@link #BASE} numbers from row to row. */
    private static void negate(long a, int n, int ld, long to) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Mem.f64(at(to, BASE, i, j), -Mem.f64(at(a, ld, i, j)));
            }
        }
    }

    /** The same for up to eight rows of B, which are the lanes. */
    private static void rows(long l, int n, int ld, long b, int count, long negated, long lanes) {
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < count; i++) {
                Mem.f64(at(lanes, Level2.LANES, j, i), Mem.f64(at(b, ld, i, j)));
            }
        }
        for (int j = 0; j < n; j++) {
            long x = at(lanes, Level2.LANES, j, 0);
            LEVEL2.combine(j, Level2.LANES, lanes, 8L * Level2.LANES, at(negated, BASE, j, 0), x);
            divide(Level2.LANES, x, Mem.f64(at(l, ld, j, j)));
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < n; j++) {
                Mem.f64(at(b, ld, i, j), Mem.f64(at(lanes, Level2.LANES, j, i)));
            }
        }
    }

    /** Replaces B [n, r] by the X with L X = B. */
    static void solveLower(long l, int n, int ld, boolean unit, long b, int r, int ldb) {
        if (n <= BASE) {
            long negated = Scratch.get(Scratch.FUSED, 8L * BASE * BASE);
            negate(l, n, ld, negated);
            for (int i = 0; i < n; i++) {
                combine(i, r, b, ldb, at(negated, BASE, i, 0), at(b, ldb, i, 0));
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
            long negated = Scratch.get(Scratch.FUSED, 8L * BASE * BASE);
            negate(u, n, ld, negated);
            for (int i = n - 1; i >= 0; i--) {
                long x = at(b, ldb, i, 0);
                combine(n - 1 - i, r, at(b, ldb, i + 1, 0), ldb, at(negated, BASE, i, i + 1), x);
                if (!unit) {
                    divide(r, x, Mem.f64(at(u, ld, i, i)));
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

    /** y += f[0] a[0] and so on, for rows of any length. */
    private static void combine(int rows, int n, long a, int ld, long f, long y) {
        int whole = n / Level2.LANES * Level2.LANES;
        LEVEL2.combine(rows, whole, a, 8L * ld, f, y);
        for (int j = whole; j < n; j++) {
            double sum = Mem.f64(y + 8L * j);
            for (int i = 0; i < rows; i++) {
                sum = Math.fma(Mem.f64(f + 8L * i), Mem.f64(at(a, ld, i, j)), sum);
            }
            Mem.f64(y + 8L * j, sum);
        }
    }

    /** Exchanges {@code n} numbers. */
    private static void exchange(int n, long x, long y) {
        long t = Scratch.get(Scratch.TILE, 8L * n);
        Mem.copy(x, t, 8L * n);
        Mem.copy(y, x, 8L * n);
        Mem.copy(t, y, 8L * n);
    }

    private static void divide(int n, long x, double by) {
        for (int i = 0; i < n; i++) {
            Mem.f64(x + 8L * i, Mem.f64(x + 8L * i) / by);
        }
    }

    /** Exchanges two rows of {@code n} elements that lie one after another. */
    static void exchange(long a, int n, int i, int j) {
        if (i != j) {
            exchange(n, at(a, n, i, 0), at(a, n, j, 0));
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

        /** Columns that stand side by side are turned, so that each is a row to scan and to combine. */
        private boolean panel(int from, int to) {
            int width = to - from;
            int rows = m - from;
            int pitch = Deferred.padded(rows);
            long panel = Scratch.get(Scratch.FUSED, 8L * pitch * (width + 1));
            long below = panel + 8L * pitch * width;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < width; j++) {
                    Mem.f64(at(panel, pitch, j, i), Mem.f64(at(a, n, from + i, from + j)));
                }
            }
            for (int k = 0; k < width; k++) {
                long column = at(panel, pitch, k, 0);
                int p = largest(column, k, rows);
                Mem.i32(pivots + 4L * (from + k), from + p + 1);
                double pivot = Mem.f64(column + 8L * p);
                if (pivot == 0) {
                    return false;
                }
                if (p != k) {
                    for (int j = 0; j < width; j++) {
                        long x = at(panel, pitch, j, k);
                        long y = at(panel, pitch, j, p);
                        double t = Mem.f64(x);
                        Mem.f64(x, Mem.f64(y));
                        Mem.f64(y, t);
                    }
                    exchange(from, at(a, n, from + k, 0), at(a, n, from + p, 0));
                    exchange(n - to, at(a, n, from + k, to), at(a, n, from + p, to));
                }
                eliminate(k, width, rows, pitch, panel, below);
            }
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < width; j++) {
                    Mem.f64(at(a, n, from + i, from + j), Mem.f64(at(panel, pitch, j, i)));
                }
            }
            return true;
        }

        /** Divides column k below its pivot and takes its multiples from the columns behind it. */
        private static void eliminate(int k, int width, int rows, int pitch, long panel, long below) {
            long column = at(panel, pitch, k, 0);
            divide(rows - k - 1, column + 8L * (k + 1), Mem.f64(column + 8L * k));
            int first = (k + 1) / Level2.LANES * Level2.LANES;
            int count = (rows + Level2.LANES - 1) / Level2.LANES * Level2.LANES - first;
            Mem.copy(column + 8L * first, below + 8L * first, 8L * count);
            for (int i = first; i <= k; i++) {
                Mem.f64(below + 8L * i, 0);
            }
            long factor = Scratch.get(Scratch.TILE, 8);
            for (int j = k + 1; j < width; j++) {
                long target = at(panel, pitch, j, 0);
                double f = -Mem.f64(target + 8L * k);
                if (Double.isFinite(f)) {
                    Mem.f64(factor, f);
                    LEVEL2.combine(1, count, below + 8L * first, 0, factor, target + 8L * first);
                } else {
                    // Zeros times such a number would spoil what lies above.
                    for (int i = k + 1; i < rows; i++) {
                        long x = target + 8L * i;
                        Mem.f64(x, Math.fma(f, Mem.f64(column + 8L * i), Mem.f64(x)));
                    }
                }
            }
        }

        /** The first largest of a column's numbers from k on; NaN is the largest. */
        private static int largest(long column, int k, int rows) {
            int best = k;
            double size = Math.abs(Mem.f64(column + 8L * k));
            for (int i = k + 1; i < rows && size == size; i++) {
                double x = Math.abs(Mem.f64(column + 8L * i));
                if (!(x <= size)) {
                    size = x;
                    best = i;
                }
            }
            return best;
        }
    }
}

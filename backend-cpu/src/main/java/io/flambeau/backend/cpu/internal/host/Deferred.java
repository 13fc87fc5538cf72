package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Level2;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Workers;

/**
 * A matrix of doubles under two-sided reflections, as A - L transpose(R): a reflection adds two columns to L and R, and a
 * block of them is subtracted at once by a matrix product (Dongarra, Sorensen and Hammarling, 1989; LAPACK's latrd and
 * labrd). Vectors that are multiplied are zero outside of their range and filled up to {@link #padded} numbers.
 */
final class Deferred {
    /** Reflections in a block. */
    static final int BLOCK = 32;

    /** Columns of L and R: two for each reflection. */
    static final int COLUMNS = 2 * BLOCK;

    private static final int ROW = 8 * COLUMNS;
    /** Elements of the matrix that one thread multiplies at a time. */
    private static final int GRAIN = 64 * 1024;

    private static final Level2 LEVEL2 = Level2.of();

    /** The matrix, {@code padded(n)} numbers from row to row. */
    final long a;

    final int m;
    final int n;
    final long work;
    /** Columns of L and R that are in use, and those that fill them up. */
    private int width;

    /** @param work {@link #work} doubles, zero */
    Deferred(long a, int m, int n, long work) {
        this.a = a;
        this.m = m;
        this.n = n;
        this.work = work;
    }

    private static int rounded(int n) {
        return (n + Level2.LANES - 1) / Level2.LANES * Level2.LANES;
    }

    /** An odd multiple of the lanes: rows a power of two apart would share a few sets of the cache. */
    static int padded(int n) {
        return rounded(n) | Level2.LANES;
    }

    static long work(int m, int n) {
        return (long) COLUMNS * (m + n + 1) + padded(Math.max(m, n));
    }

    int ld() {
        return padded(n);
    }

    private long left() {
        return work;
    }

    private long right() {
        return work + (long) ROW * m;
    }

    /** Room for a row of L or R. */
    private long small() {
        return right() + (long) ROW * n;
    }

    private long wide() {
        return small() + ROW;
    }

    long at(int i, int j) {
        return a + 8L * ((long) i * ld() + j);
    }

    private static long number(long x, int i) {
        return x + 8L * i;
    }

    /** Says how many columns of L and R there are. */
    void use(int columns) {
        width = rounded(columns);
    }

    /** Element i of column {@code c} of L. */
    long left(int i, int c) {
        return left() + (long) ROW * i + 8L * c;
    }

    long right(int i, int c) {
        return right() + (long) ROW * i + 8L * c;
    }

    /** x[i] = the element (i, j), for rows from one on. */
    void column(int j, int from, long x) {
        LEVEL2.dots(m - from, width, left(from, 0), ROW, right(j, 0), number(x, from));
        for (int i = from; i < m; i++) {
            Mem.f64(number(x, i), Mem.f64(at(i, j)) - Mem.f64(number(x, i)));
        }
    }

    /** x[j] = the element (i, j), for columns from one on. */
    void row(int i, int from, long x) {
        LEVEL2.dots(n - from, width, right(from, 0), ROW, left(i, 0), number(x, from));
        for (int j = from; j < n; j++) {
            Mem.f64(number(x, j), Mem.f64(at(i, j)) - Mem.f64(number(x, j)));
        }
    }

    /** y = A x for rows and columns from these on. */
    void times(int rows, int columns, long x, long y) {
        int first = columns / Level2.LANES * Level2.LANES;
        int span = ld() - first;
        int together = Math.max(4, GRAIN / span / 4 * 4);
        Workers.run((m - rows + together - 1) / together, part -> {
            int i = rows + part * together;
            LEVEL2.dots(Math.min(together, m - i), span, at(i, first), 8L * ld(), number(x, first), number(y, i));
        });
        less(n - columns, right(columns, 0), number(x, columns), m - rows, left(rows, 0), number(y, rows));
    }

    /** y = transpose(A) x for rows and columns from these on; y is zeroed from a multiple of the lanes on. */
    void transposedTimes(int rows, int columns, long x, long y) {
        int first = columns / Level2.LANES * Level2.LANES;
        int span = ld() - first;
        int together = Math.max(256, rounded(GRAIN / (m - rows)));
        Mem.zero(number(y, first), 8L * span);
        Workers.run((span + together - 1) / together, part -> {
            int j = first + part * together;
            int count = Math.min(together, ld() - j);
            LEVEL2.combine(m - rows, count, at(rows, j), 8L * ld(), number(x, rows), number(y, j));
        });
        Mem.zero(number(y, first), 8L * (columns - first));
        less(m - rows, left(rows, 0), number(x, rows), n - columns, right(columns, 0), number(y, columns));
    }

    /** y -= Q transpose(P) x. */
    private void less(int m, long p, long x, int n, long q, long y) {
        if (width == 0) {
            return;
        }
        Mem.zero(small(), ROW);
        LEVEL2.combine(m, width, p, ROW, x, small());
        LEVEL2.dots(n, width, q, ROW, small(), wide());
        for (int i = 0; i < n; i++) {
            Mem.f64(number(y, i), Mem.f64(number(y, i)) - Mem.f64(number(wide(), i)));
        }
    }

    /** Subtracts the block from the rows and columns from these on. */
    void flush(int rows, int columns) {
        if (rows < m && columns < n) {
            Matrix p = new Matrix(left(rows, 0), COLUMNS, 1);
            Matrix q = new Matrix(right(columns, 0), COLUMNS, 1);
            Bisection.subtract(
                    m - rows, n - columns, COLUMNS, p, q.transposed(), new Matrix(at(rows, columns), ld(), 1));
        }
        Mem.zero(left(), (long) ROW * (m + n));
        width = 0;
    }

    /** The product of two vectors of padded length. */
    double dot(int n, long x, long y) {
        LEVEL2.dots(1, padded(n), x, 0, y, wide());
        return Mem.f64(wide());
    }

    /**
     * Makes of x, zero before {@code from}, the vector of the reflection that turns it into beta at {@code from} and zero
     * behind, with 1 at {@code from}. Writes beta to {@code beta[k]} and its factor to {@code tau[k]}.
     */
    void reflect(int n, int from, long x, double[] beta, double[] tau, int k) {
        double alpha = Mem.f64(number(x, from));
        Mem.f64(number(x, from), 0);
        double squares = dot(n, x, x);
        tau[k] = 0;
        beta[k] = alpha;
        if (squares > 0) {
            double length = -Math.copySign(Math.sqrt(squares + alpha * alpha), alpha);
            beta[k] = length;
            tau[k] = (length - alpha) / length;
            for (int i = from + 1; i < n; i++) {
                Mem.f64(number(x, i), Mem.f64(number(x, i)) / (alpha - length));
            }
        }
        Mem.f64(number(x, from), 1);
    }
}

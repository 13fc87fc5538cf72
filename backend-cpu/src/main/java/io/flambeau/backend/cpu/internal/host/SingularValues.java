package io.flambeau.backend.cpu.internal.host;

import static io.flambeau.backend.cpu.internal.host.Deferred.BLOCK;
import static io.flambeau.backend.cpu.internal.host.Deferred.padded;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.tensor.op.linalg.Svd;
import io.flambeau.tensor.spi.RowSteps;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/**
 * Singular values: to bidiagonal form by blocks of reflections (Golub and Van Loan, section 5.4.8; LAPACK's gebrd), then
 * the definition's QR iteration, whose rotations are taken thousands at a time. A wide matrix is transposed first.
 *
 * @param m its rows, or its columns if it is wide
 * @param n the others
 * @param wide whether it is transposed
 * @param columns how many left vectors are wanted, or right ones of a wide matrix
 */
record SingularValues(int m, int n, boolean wide, int columns) {
    static SingularValues of(int rows, int columns, boolean full) {
        int large = Math.max(rows, columns);
        int small = Math.min(rows, columns);
        return new SingularValues(large, small, rows < columns, full ? large : small);
    }

    /** Where the definition begins with a QR factorisation, which the signs of its vectors depend on. */
    boolean factorsFirst() {
        return m > n && !wide && m >= n * 3 / 2;
    }

    /** The results of {@link Svd}, of which the first and the last are null where only the values are wanted. */
    record Results(@Nullable View u, View values, @Nullable View vh) {}

    /** As {@link Eigenvalues#run}. */
    boolean run(View in, Results out, int b) {
        boolean vectors = out.u() != null;
        int ldm = padded(m);
        int ldn = padded(n);
        long matrix = (long) m * ldn;
        long deferred = Deferred.work(m, n);
        long left = vectors ? Panels.work(m, n) : 0;
        long right = vectors ? Panels.work(n, n - 1) : 0;
        long product = vectors ? (long) m * padded(columns) : 0;
        long rows = vectors ? (long) columns * ldm + (long) n * ldn + 2 * Steps.work() : 0;
        return Spectral.with(matrix + deferred + 2L * (ldm + ldn) + left + right + product + rows, at -> {
            if (!load(in, b, at)) {
                return false;
            }
            Deferred a = new Deferred(at, m, n, at + 8 * matrix);
            long x = a.work + 8 * deferred;
            Panels q = new Panels(m, 0, new double[n], x + 16L * (ldm + ldn));
            Panels p = new Panels(n, 1, new double[n - 1], q.work() + 8 * left);
            double[] d = new double[n];
            double[] e = new double[n];
            new Reduction(a, x, x + 8L * ldm, x + 16L * ldm, x + 16L * ldm + 8L * ldn, d, e, q, p).run(vectors);
            if (!vectors) {
                if (Svd.iterate(wide, n, d, e, RowSteps.NONE, RowSteps.NONE) != 0) {
                    return false;
                }
                Spectral.values(d, out.values(), b);
                return true;
            }
            long square = p.work() + 8 * right;
            long ut = square + 8 * product;
            long vt = ut + 8L * columns * ldm;
            long list = vt + 8L * n * ldn;
            q.product(square, columns, padded(columns));
            Spectral.transpose(m, columns, square, padded(columns), ut, ldm, false);
            p.product(square, n, ldn);
            Spectral.transpose(n, n, square, ldn, vt, ldn, false);
            Steps u = new Steps(ut, ldm, list);
            Steps v = new Steps(vt, ldn, list + 8 * Steps.work());
            if (Svd.iterate(wide, n, d, e, wide ? v : u, wide ? u : v) != 0) {
                return false;
            }
            u.flush();
            v.flush();
            Spectral.values(d, out.values(), b);
            store(out, ut, vt, b);
            return true;
        });
    }

    private boolean load(View in, int b, long a) {
        double largest = 0;
        boolean defined = true;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double x = Spectral.read(in, (long) b * m * n + (wide ? (long) j * m + i : (long) i * n + j));
                defined &= x == x;
                largest = Math.max(largest, Math.abs(x));
                Mem.f64(a + 8 * ((long) i * padded(n) + j), x);
            }
        }
        return defined && Spectral.plain(largest);
    }

    private void store(Results out, long ut, long vt, int b) {
        View u = out.u();
        View vh = out.vh();
        if (u == null || vh == null) {
            return;
        }
        if (wide) {
            Spectral.transposed(n, n, vt, padded(n), u, b);
            Spectral.matrix(columns, m, ut, padded(m), vh, b);
        } else {
            Spectral.transposed(m, columns, ut, padded(m), u, b);
            Spectral.matrix(n, n, vt, padded(n), vh, b);
        }
    }

    /**
     * The reduction: x and z have m numbers, y and u n.
     *
     * @param d becomes the diagonal
     * @param e becomes what stands right of it
     * @param q the left reflections
     * @param p the right ones
     */
    private record Reduction(Deferred a, long x, long z, long y, long u, double[] d, double[] e, Panels q, Panels p) {
        void run(boolean keep) {
            int n = a.n;
            for (int j = 0; j < n; j++) {
                int k = j % BLOCK;
                if (j > 0) {
                    Mem.f64(x + 8L * (j - 1), 0);
                }
                a.column(j, j, x);
                a.reflect(a.m, j, x, d, q.taus(), j);
                if (j < n - 1) {
                    a.transposedTimes(j, j + 1, x, y);
                    scale(y, j + 1, n, q.taus()[j]);
                    put(y, j + 1, n, a.right(0, 2 * k));
                }
                put(x, j, a.m, a.left(0, 2 * k));
                a.use(2 * k + 1);
                if (j < n - 1) {
                    Mem.f64(u + 8L * j, 0);
                    a.row(j, j + 1, u);
                    a.reflect(n, j + 1, u, e, p.taus(), j);
                    a.times(j + 1, j + 1, u, z);
                    scale(z, j + 1, a.m, p.taus()[j]);
                    put(z, j + 1, a.m, a.left(0, 2 * k + 1));
                    put(u, j + 1, n, a.right(0, 2 * k + 1));
                    a.use(2 * k + 2);
                }
                if (k == BLOCK - 1 || j == n - 1) {
                    if (keep) {
                        q.keep(j - k, a.left(0, 0));
                        p.keep(j - k, a.right(0, 1));
                    }
                    a.flush(j + 1, j + 1);
                }
            }
        }

        private static void scale(long x, int from, int to, double by) {
            for (int i = from; i < to; i++) {
                Mem.f64(x + 8L * i, by * Mem.f64(x + 8L * i));
            }
        }

        /** Copies a vector to a column of L or R. */
        private static void put(long x, int from, int to, long column) {
            for (int i = from; i < to; i++) {
                Mem.f64(column + 8L * Deferred.COLUMNS * i, Mem.f64(x + 8L * i));
            }
        }
    }
}

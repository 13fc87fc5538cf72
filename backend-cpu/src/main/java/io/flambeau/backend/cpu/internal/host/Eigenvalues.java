package io.flambeau.backend.cpu.internal.host;

import static io.flambeau.backend.cpu.internal.host.Deferred.BLOCK;
import static io.flambeau.backend.cpu.internal.host.Deferred.padded;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.tensor.op.linalg.Eigh;
import io.flambeau.tensor.spi.RowSteps;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues of symmetric matrices: to tridiagonal form by blocks of reflections (Golub and Van Loan, section 8.3;
 * LAPACK's sytrd), then the definition's QL iteration, whose rotations are taken thousands at a time.
 *
 * @param upper which triangle is read
 */
record Eigenvalues(boolean upper, int n) {
    /**
     * Writes the values and, where they are wanted, the vectors of matrix b. False where the definition must do it: for
     * numbers that are undefined or too large or small to be squared, or without convergence.
     */
    boolean run(View in, View values, @Nullable View vectors, int b) {
        int ld = padded(n);
        long square = (long) n * ld;
        long deferred = Deferred.work(n, n);
        long panels = vectors == null ? 0 : Panels.work(n, n - 1);
        long rotated = vectors == null ? 0 : square + Steps.work();
        return Spectral.with(square + deferred + 2 * ld + panels + rotated, a -> {
            if (!load(in, b, a)) {
                return false;
            }
            double[] d = new double[n];
            double[] e = new double[n];
            Deferred matrix = new Deferred(a, n, n, a + 8 * square);
            long x = matrix.work + 8 * deferred;
            Panels q = vectors == null ? null : new Panels(n, 1, new double[n - 1], x + 16L * ld);
            reduce(matrix, x, x + 8L * ld, d, e, q == null ? new double[n - 1] : q.taus(), q);
            if (upper) {
                reverse(d, n);
                reverse(e, n - 1);
            }
            if (q == null) {
                if (Eigh.iterate(n, d, e, RowSteps.NONE) != 0) {
                    return false;
                }
                Spectral.values(d, values, b);
                return true;
            }
            long rows = q.work() + 8 * panels;
            q.product(a, n, ld);
            Spectral.transpose(n, n, a, ld, rows, ld, upper);
            Steps steps = new Steps(rows, ld, rows + 8 * square);
            if (Eigh.iterate(n, d, e, steps) != 0) {
                return false;
            }
            steps.flush();
            Spectral.values(d, values, b);
            Spectral.transposed(n, n, rows, ld, vectors, b);
            return true;
        });
    }

    /** The whole matrix of one triangle; of the upper one in reverse order, which makes it the lower one. */
    private boolean load(View in, int b, long a) {
        double largest = 0;
        boolean defined = true;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                int p = upper ? n - 1 - i : i;
                int q = upper ? n - 1 - j : j;
                double x = Spectral.read(in, ((long) b * n + p) * n + q);
                defined &= x == x;
                largest = Math.max(largest, Math.abs(x));
                Mem.f64(a + 8 * ((long) i * padded(n) + j), x);
                Mem.f64(a + 8 * ((long) j * padded(n) + i), x);
            }
        }
        return defined && Spectral.plain(largest);
    }

    private void reduce(Deferred a, long x, long w, double[] d, double[] e, double[] taus, @Nullable Panels q) {
        for (int j = 0; j < n; j++) {
            int k = j % BLOCK;
            a.row(j, j, x);
            d[j] = Mem.f64(x + 8L * j);
            Mem.f64(x + 8L * j, 0);
            if (j == n - 1) {
                break;
            }
            a.reflect(n, j + 1, x, e, taus, j);
            a.times(j + 1, j + 1, x, w);
            for (int i = j + 1; i < n; i++) {
                Mem.f64(w + 8L * i, taus[j] * Mem.f64(w + 8L * i));
            }
            Mem.f64(w + 8L * j, 0);
            double half = 0.5 * taus[j] * a.dot(n, w, x);
            for (int i = j + 1; i < n; i++) {
                double v = Mem.f64(x + 8L * i);
                double u = Mem.f64(w + 8L * i) - half * v;
                Mem.f64(a.left(i, 2 * k), v);
                Mem.f64(a.left(i, 2 * k + 1), u);
                Mem.f64(a.right(i, 2 * k), u);
                Mem.f64(a.right(i, 2 * k + 1), v);
            }
            a.use(2 * k + 2);
            if (k == BLOCK - 1 || j == n - 2) {
                if (q != null) {
                    q.keep(j - k, a.left(0, 0));
                }
                a.flush(j + 1, j + 1);
            }
        }
    }

    private static void reverse(double[] x, int n) {
        for (int i = 0; i < n / 2; i++) {
            double t = x[i];
            x[i] = x[n - 1 - i];
            x[n - 1 - i] = t;
        }
    }
}

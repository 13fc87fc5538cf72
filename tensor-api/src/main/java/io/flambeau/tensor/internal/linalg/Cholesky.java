package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.internal.linalg.Triangular.Op;

/** The factorisation A = L adjoint(L) of a symmetric or Hermitian positive definite matrix (LAPACK's potrf). */
public final class Cholesky {
    private Cholesky() {}

    /**
     * Replaces the lower triangle of A (n x n), the only part read, by L; the strict upper triangle is set to zero.
     *
     * @return 0, or the order from 1 of the first leading minor that is not positive; rows from there on are not
     * factored
     */
    public static int factor(Scalars s, int n, double[] a) {
        double[] pivot = s.allocate(1);
        double[] column = s.allocate(n);
        int info = 0;
        for (int k = 0; k < n && info == 0; k++) {
            double d = s.re(a, k * n + k);
            if (!(d > 0)) {
                info = k + 1;
                break;
            }
            s.set(pivot, 0, StrictMath.sqrt(d));
            s.copy(pivot, 0, a, k * n + k);
            s.divide(n - k - 1, pivot, 0, a, (k + 1) * n + k, n);
            // Row i -= l[i][k] times the adjoint of column k below the diagonal, which is kept contiguous.
            for (int i = k + 1; i < n; i++) {
                s.copy(a, i * n + k, column, i);
            }
            s.conj(n - k - 1, column, k + 1, 1);
            for (int i = k + 1; i < n; i++) {
                s.axmy(i - k, a, i * n + k, column, k + 1, 1, a, i * n + k + 1, 1);
                s.set(a, i * n + i, s.re(a, i * n + i));
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                s.set(a, i * n + j, 0);
            }
        }
        return info;
    }

    /** Replaces B (n x r) by the X with L adjoint(L) X = B. */
    public static void solve(Scalars s, int n, int r, double[] l, double[] b) {
        Triangular.solve(s, n, r, l, false, Op.NONE, false, b);
        Triangular.solve(s, n, r, l, false, Op.ADJOINT, false, b);
    }
}

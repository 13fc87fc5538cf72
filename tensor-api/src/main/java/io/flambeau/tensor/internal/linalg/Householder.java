package io.flambeau.tensor.internal.linalg;

/** Elementary reflectors H = I - tau v adjoint(v), v[0] = 1 not stored (LAPACK's larfg and larf). */
final class Householder {
    private Householder() {}

    /**
     * Turns the column (alpha, x) into (beta, v[1...]) with beta real and adjoint(H) (alpha, x) = (beta, 0). n
     * counts alpha. A column that needs
     * no reflection has tau 0.
     */
    static void make(Scalars s, int n, double[] a, int alpha, int x, int incx, double[] tau, int ti) {
        double norm = s.norm(n - 1, a, x, incx);
        double re = n > 0 ? s.re(a, alpha) : 0;
        double im = n > 0 ? s.im(a, alpha) : 0;
        if (n == 0 || norm == 0 && im == 0) {
            s.set(tau, ti, 0);
            return;
        }
        double beta = -Math.copySign(StrictMath.hypot(StrictMath.hypot(re, im), norm), re);
        s.set(tau, ti, (beta - re) / beta, -im / beta);
        double[] scale = s.allocate(1);
        s.set(scale, 0, re - beta, im);
        s.divide(n - 1, scale, 0, a, x, incx);
        s.set(a, alpha, beta);
    }

    /** C (m x n at offset c, rows ldc apart) = H C, or adjoint(H) C. */
    static void left(
            Scalars s,
            int m,
            int n,
            double[] v,
            int vi,
            int incv,
            double[] tau,
            int ti,
            boolean adjoint,
            double[] c,
            int ci,
            int ldc) {
        if (m == 0 || n == 0 || s.isZero(tau, ti)) {
            return;
        }
        double[] w = s.allocate(n);
        double[] f = s.allocate(2);
        s.set(f, 0, 1);
        s.axpy(n, f, 0, c, ci, 1, w, 0, 1);
        for (int i = 1; i < m; i++) {
            s.set(f, 0, s.re(v, vi + i * incv), -s.im(v, vi + i * incv));
            s.axpy(n, f, 0, c, ci + i * ldc, 1, w, 0, 1);
        }
        s.copy(tau, ti, f, 1);
        if (adjoint) {
            s.conj(1, f, 1, 1);
        }
        s.scale(n, f, 1, w, 0, 1);
        s.set(f, 0, 1);
        s.axmy(n, f, 0, w, 0, 1, c, ci, 1);
        for (int i = 1; i < m; i++) {
            s.axmy(n, v, vi + i * incv, w, 0, 1, c, ci + i * ldc, 1);
        }
    }

    /** C (m x n) = C H, or C adjoint(H). */
    static void right(
            Scalars s,
            int m,
            int n,
            double[] v,
            int vi,
            int incv,
            double[] tau,
            int ti,
            boolean adjoint,
            double[] c,
            int ci,
            int ldc) {
        if (m == 0 || n == 0 || s.isZero(tau, ti)) {
            return;
        }
        double[] contiguous = s.allocate(n);
        s.set(contiguous, 0, 1);
        for (int j = 1; j < n; j++) {
            s.copy(v, vi + j * incv, contiguous, j);
        }
        double[] factor = s.allocate(1);
        s.copy(tau, ti, factor, 0);
        if (adjoint) {
            s.conj(1, factor, 0, 1);
        }
        s.reflectRows(m, n, contiguous, factor, 0, c, ci, ldc);
    }
}

package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.spi.RowSteps;

/**
 * The singular value decomposition A = U diag(values) Vh: reduction to a real bidiagonal matrix by reflections
 * (after a QR or LQ factorisation where
 * A is much longer than wide), then Demmel and Kahan's implicit QR (SIAM J. Sci. Stat. Comput. 11, 1990), as in
 * LAPACK's gesdd, whose signs it keeps.
 */
public final class Svd {
    private Svd() {}

    /**
     * The three factors; u and vh are empty if only values were asked for. info is 0 or the number of values that
     * did not converge.
     */
    public record Result(double[] u, double[] values, double[] vh, int info) {}

    /** Decomposes A (m x n, destroyed). U has m x k numbers and Vh k x n, k = min(m, n), or they are square if full. */
    public static Result decompose(Scalars s, int m, int n, double[] a, boolean vectors, boolean full) {
        if (m < n) {
            // The decomposition of the adjoint, with the parts exchanged; reflections and signs are the mirror image.
            Result t = tall(s, n, m, s.transpose(m, n, a, true), vectors, full, true);
            if (!vectors) {
                return t;
            }
            int k = m;
            return new Result(s.transpose(m, m, t.vh, true), t.values, s.transpose(n, full ? n : k, t.u, true), t.info);
        }
        return tall(s, m, n, a, vectors, full, false);
    }

    private static Result tall(Scalars s, int m, int n, double[] a, boolean vectors, boolean full, boolean mirrored) {
        double[] values = new double[n];
        int columns = full ? m : n;
        if (n == 0) {
            return new Result(vectors && full ? s.identity(m) : new double[0], values, new double[0], 0);
        }
        // Where the libraries under PyTorch factor first; the signs of the vectors depend on it.
        boolean factorFirst = m > n && (s.width() == 1 ? !mirrored && m >= n * 3 / 2 : m >= n * 17 / 9);
        if (!factorFirst) {
            return bidiagonal(s, m, n, a, vectors, columns, mirrored, values);
        }
        double[] tau = s.allocate(n);
        Qr.factor(s, m, n, a, tau);
        double[] r = Qr.r(s, n, a, n);
        Result inner = mirrored
                ? adjoint(s, n, bidiagonal(s, n, n, s.transpose(n, n, r, true), vectors, n, false, values))
                : bidiagonal(s, n, n, r, vectors, n, false, values);
        if (!vectors) {
            return inner;
        }
        double[] u = s.allocate(m * columns);
        for (int i = 0; i < n; i++) {
            System.arraycopy(inner.u, i * n * s.width(), u, i * columns * s.width(), n * s.width());
        }
        for (int i = n; i < columns; i++) {
            s.set(u, i * columns + i, 1);
        }
        Qr.applyLeft(s, m, n, n, a, tau, false, columns, u);
        return new Result(u, values, inner.vh, inner.info);
    }

    /** The decomposition of the adjoint of a square matrix. */
    private static Result adjoint(Scalars s, int n, Result t) {
        return t.u.length == 0
                ? t
                : new Result(s.transpose(n, n, t.vh, true), t.values, s.transpose(n, n, t.u, true), t.info);
    }

    /**
     * Bidiagonalises A (m x n, m at least n) and iterates. Mirrored means that A is the adjoint of the user's wide
     * matrix: its upper bidiagonal
     * form is then the adjoint of LAPACK's lower one, which LAPACK first rotates to upper form.
     */
    private static Result bidiagonal(
            Scalars s, int m, int n, double[] a, boolean vectors, int columns, boolean mirrored, double[] values) {
        double[] off = new double[n];
        double[] tauQ = s.allocate(n);
        double[] tauP = s.allocate(n);
        for (int k = 0; k < n; k++) {
            int corner = k * n + k;
            Householder.make(s, m - k, a, corner, Math.min(k + 1, m - 1) * n + k, n, tauQ, k);
            values[k] = s.re(a, corner);
            Householder.left(s, m - k, n - k - 1, a, corner, n, tauQ, k, true, a, corner + 1, n);
            if (k < n - 1) {
                s.conj(n - k - 1, a, corner + 1, 1);
                Householder.make(s, n - k - 1, a, corner + 1, k * n + Math.min(k + 2, n - 1), 1, tauP, k);
                off[k] = s.re(a, corner + 1);
                Householder.right(s, m - k - 1, n - k - 1, a, corner + 1, 1, tauP, k, false, a, corner + n + 1, n);
            }
        }
        int w = s.width();
        double[] ut = new double[0];
        double[] vt = new double[0];
        if (vectors) {
            ut = s.transpose(m, columns, Qr.q(s, m, n, n, a, tauQ, columns), false);
            double[] p = s.identity(n);
            for (int k = n - 2; k >= 0; k--) {
                int from = (k + 1) * n + k + 1;
                Householder.left(s, n - k - 1, n - k - 1, a, k * n + k + 1, 1, tauP, k, false, p, from, n);
            }
            vt = s.transpose(n, n, p, true);
        }
        RowSteps left = vectors ? new VectorRows(ut, m * w) : RowSteps.NONE;
        RowSteps right = vectors ? new VectorRows(vt, n * w) : RowSteps.NONE;
        int info = mirrored
                ? BidiagonalSvd.lower(n, values, off, right, left)
                : BidiagonalSvd.upper(n, values, off, left, right);
        return new Result(vectors ? s.transpose(columns, m, ut, false) : ut, values, vt, info);
    }
}

package io.flambeau.tensor.internal.linalg;

/** The factorisation A = Q R by Householder reflections (LAPACK's geqrf, orgqr and ormqr). */
public final class Qr {
    private Qr() {}

    /** Factors A (m x n) in place: R on and above the diagonal, the reflectors below; tau has min(m, n) numbers. */
    public static void factor(Scalars s, int m, int n, double[] a, double[] tau) {
        for (int k = 0; k < Math.min(m, n); k++) {
            Householder.make(s, m - k, a, k * n + k, Math.min(k + 1, m - 1) * n + k, n, tau, k);
            Householder.left(s, m - k, n - k - 1, a, k * n + k, n, tau, k, true, a, k * n + k + 1, n);
        }
    }

    /** The first columns (m x columns) of H[0] H[1] ... H[k-1], the reflectors stored in A (m x n). */
    public static double[] q(Scalars s, int m, int n, int k, double[] a, double[] tau, int columns) {
        double[] q = s.allocate(m * columns);
        for (int i = 0; i < Math.min(m, columns); i++) {
            s.set(q, i * columns + i, 1);
        }
        for (int i = k - 1; i >= 0; i--) {
            // Columns before i are still unit vectors that this reflector does not touch.
            int from = Math.min(i, columns);
            Householder.left(s, m - i, columns - from, a, i * n + i, n, tau, i, false, q, i * columns + from, columns);
        }
        return q;
    }

    /** Replaces C (m x r) by Q C or adjoint(Q) C, Q of k reflectors stored in A (m x n). */
    public static void applyLeft(
            Scalars s, int m, int n, int k, double[] a, double[] tau, boolean adjoint, int r, double[] c) {
        for (int step = 0; step < k; step++) {
            int i = adjoint ? step : k - 1 - step;
            Householder.left(s, m - i, r, a, i * n + i, n, tau, i, adjoint, c, i * r, r);
        }
    }

    /** The upper triangle (rows x n) of a factored matrix. */
    public static double[] r(Scalars s, int n, double[] a, int rows) {
        double[] r = s.allocate(rows * n);
        for (int i = 0; i < rows; i++) {
            for (int j = i; j < n; j++) {
                s.copy(a, i * n + j, r, i * n + j);
            }
        }
        return r;
    }
}

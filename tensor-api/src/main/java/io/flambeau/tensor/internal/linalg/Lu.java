package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.internal.linalg.Triangular.Op;

/** The factorisation P A = L U with partial pivoting (LAPACK's getrf). */
public final class Lu {
    private Lu() {}

    /**
     * Factors A (m x n) in place: U on and above the diagonal, L below with a unit diagonal left out. pivots[i] = j
     * means that row i was
     * exchanged with row j, counted from 1, in order. Without pivoting the rows stay.
     *
     * @return 0, or the position from 1 of the first zero pivot
     */
    public static int factor(Scalars s, int m, int n, double[] a, int[] pivots, boolean pivot) {
        int info = 0;
        for (int k = 0; k < Math.min(m, n); k++) {
            int p = pivot ? k + s.largest(m - k, a, k * n + k, n) : k;
            pivots[k] = p + 1;
            if (s.isZero(a, p * n + k)) {
                if (info == 0) {
                    info = k + 1;
                }
                continue;
            }
            if (p != k) {
                s.swap(n, a, k * n, 1, a, p * n, 1);
            }
            for (int i = k + 1; i < m; i++) {
                s.divide(1, a, k * n + k, a, i * n + k, 1);
                s.axmy(n - k - 1, a, i * n + k, a, k * n + k + 1, 1, a, i * n + k + 1, 1);
            }
        }
        return info;
    }

    /** Replaces B (n x r) by the X with op(A) X = B, A given by its factors. */
    public static void solve(Scalars s, int n, int r, double[] lu, int[] pivots, Op op, double[] b) {
        if (op == Op.NONE) {
            for (int i = 0; i < n; i++) {
                exchange(s, r, i, pivots[i] - 1, b);
            }
            Triangular.solve(s, n, r, lu, false, Op.NONE, true, b);
            Triangular.solve(s, n, r, lu, true, Op.NONE, false, b);
            return;
        }
        Triangular.solve(s, n, r, lu, true, op, false, b);
        Triangular.solve(s, n, r, lu, false, op, true, b);
        for (int i = n - 1; i >= 0; i--) {
            exchange(s, r, i, pivots[i] - 1, b);
        }
    }

    /** The row order that the exchanges make of 0 ... m - 1. */
    public static int[] permutation(int m, int[] pivots) {
        int[] order = new int[m];
        for (int i = 0; i < m; i++) {
            order[i] = i;
        }
        for (int i = 0; i < pivots.length; i++) {
            int j = pivots[i] - 1;
            int t = order[i];
            order[i] = order[j];
            order[j] = t;
        }
        return order;
    }

    private static void exchange(Scalars s, int r, int i, int j, double[] b) {
        if (i != j) {
            s.swap(r, b, i * r, 1, b, j * r, 1);
        }
    }
}

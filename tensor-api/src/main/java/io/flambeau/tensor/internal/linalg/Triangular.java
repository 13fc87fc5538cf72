package io.flambeau.tensor.internal.linalg;

/** Solutions of triangular systems. */
public final class Triangular {
    private Triangular() {}

    /** What is done to the stored matrix before it is used. */
    public enum Op {
        NONE,
        TRANSPOSE,
        ADJOINT
    }

    /**
     * Replaces B (n x r) by the X with op(A) X = B. Only the named triangle of A (n x n) is read, without its
     * diagonal if unit. A zero on the diagonal
     * gives infinities and NaN, as in PyTorch.
     */
    public static void solve(Scalars s, int n, int r, double[] a, boolean upper, Op op, boolean unit, double[] b) {
        boolean lowerSystem = upper == (op != Op.NONE);
        double[] factor = s.allocate(1);
        for (int step = 0; step < n; step++) {
            int i = lowerSystem ? step : n - 1 - step;
            for (int k = lowerSystem ? 0 : i + 1; k < (lowerSystem ? i : n); k++) {
                load(s, n, a, op, i, k, factor);
                s.axmy(r, factor, 0, b, k * r, 1, b, i * r, 1);
            }
            if (!unit) {
                load(s, n, a, op, i, i, factor);
                s.divide(r, factor, 0, b, i * r, 1);
            }
        }
    }

    private static void load(Scalars s, int n, double[] a, Op op, int i, int k, double[] to) {
        s.copy(a, op == Op.NONE ? i * n + k : k * n + i, to, 0);
        if (op == Op.ADJOINT) {
            s.conj(1, to, 0, 1);
        }
    }
}

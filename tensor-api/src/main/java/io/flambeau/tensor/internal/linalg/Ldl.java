package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.Complex;

/**
 * The factorisation A = L D transpose(L), or with adjoint(L) for Hermitian A: D has blocks of order 1 and 2 chosen
 * by Bunch and Kaufman's diagonal
 * pivoting (Mathematics of Computation 31, 1977; LAPACK's sytrf and hetrf on the lower triangle).
 */
public final class Ldl {
    private static final double ALPHA = (1 + StrictMath.sqrt(17)) / 8;

    private final Scalars s;
    private final int n;
    private final double[] a;
    private final int[] pivots;
    private final boolean hermitian;

    private Ldl(Scalars s, int n, double[] a, int[] pivots, boolean hermitian) {
        this.s = s;
        this.n = n;
        this.a = a;
        this.pivots = pivots;
        this.hermitian = hermitian && s.width() == 2;
    }

    /**
     * Factors the lower triangle of A (n x n) in place. A positive pivots[k] = p means a block of order 1 after
     * exchanging rows and columns k + 1 and
     * p; two equal negative pivots -p a block of order 2 after exchanging its second row with p.
     *
     * @return 0, or the position from 1 of the first zero block
     */
    public static int factor(Scalars s, int n, double[] a, int[] pivots, boolean hermitian) {
        return new Ldl(s, n, a, pivots, hermitian).factor();
    }

    /** Replaces B (n x r) by the X with A X = B. */
    public static void solve(Scalars s, int n, int r, double[] factored, int[] pivots, boolean hermitian, double[] b) {
        new Ldl(s, n, factored, pivots, hermitian).solve(r, b);
    }

    private Complex at(int i, int j) {
        return s.at(a, i * n + j);
    }

    private void put(int i, int j, Complex z) {
        s.set(a, i * n + j, z);
    }

    private Complex conj(Complex z) {
        return hermitian ? z.conj() : z;
    }

    private double size(int i, int j) {
        return i == j && hermitian ? Math.abs(s.re(a, i * n + i)) : s.abs1(a, i * n + j);
    }

    private int factor() {
        int info = 0;
        int k = 0;
        while (k < n) {
            double diagonal = size(k, k);
            int best = k + 1 < n ? k + 1 + s.largest(n - k - 1, a, (k + 1) * n + k, n) : k;
            double column = k + 1 < n ? size(best, k) : 0;
            int step = 1;
            int p = k;
            if (!(Math.max(diagonal, column) > 0)) {
                if (info == 0) {
                    info = k + 1;
                }
                keepRealDiagonal(k);
            } else {
                if (diagonal < ALPHA * column) {
                    double row = 0;
                    for (int j = k; j < best; j++) {
                        row = Math.max(row, size(best, j));
                    }
                    for (int i = best + 1; i < n; i++) {
                        row = Math.max(row, size(i, best));
                    }
                    if (diagonal < ALPHA * column * (column / row)) {
                        p = best;
                        step = size(best, best) >= ALPHA * row ? 1 : 2;
                    }
                }
                exchange(k, step, p);
                if (step == 1) {
                    eliminateOne(k);
                } else {
                    eliminateTwo(k);
                }
            }
            pivots[k] = step == 1 ? p + 1 : -(p + 1);
            if (step == 2) {
                pivots[k + 1] = -(p + 1);
            }
            k += step;
        }
        return info;
    }

    private void keepRealDiagonal(int k) {
        if (hermitian) {
            s.set(a, k * n + k, s.re(a, k * n + k));
        }
    }

    private void exchange(int k, int step, int p) {
        int q = k + step - 1;
        if (p != q) {
            for (int i = p + 1; i < n; i++) {
                s.swap(1, a, i * n + q, 1, a, i * n + p, 1);
            }
            for (int j = q + 1; j < p; j++) {
                Complex t = conj(at(j, q));
                put(j, q, conj(at(p, j)));
                put(p, j, t);
            }
            put(p, q, conj(at(p, q)));
            s.swap(1, a, q * n + q, 1, a, p * n + p, 1);
            if (step == 2) {
                s.swap(1, a, (k + 1) * n + k, 1, a, p * n + k, 1);
            }
            keepRealDiagonal(p);
        }
        keepRealDiagonal(k);
        keepRealDiagonal(q);
    }

    private void eliminateOne(int k) {
        Complex inverse = at(k, k).reciprocal();
        for (int j = k + 1; j < n; j++) {
            Complex w = inverse.times(conj(at(j, k)));
            for (int i = j; i < n; i++) {
                put(i, j, at(i, j).minus(at(i, k).times(w)));
            }
            keepRealDiagonal(j);
        }
        for (int i = k + 1; i < n; i++) {
            put(i, k, at(i, k).times(inverse));
        }
    }

    private void eliminateTwo(int k) {
        // With the block [[a, conj(b)], [b, c]]: rows times its inverse, scaled by b against overflow.
        Complex b = at(k + 1, k);
        Complex c = at(k + 1, k + 1).over(b);
        Complex d = at(k, k).over(conj(b));
        Complex t = Complex.ONE.over(c.times(d).minus(Complex.ONE));
        for (int j = k + 2; j < n; j++) {
            Complex x = at(j, k);
            Complex y = at(j, k + 1);
            Complex u = t.times(c.times(x).minus(y)).over(conj(b));
            Complex v = t.times(d.times(y).minus(x)).over(b);
            for (int i = j; i < n; i++) {
                put(
                        i,
                        j,
                        at(i, j).minus(at(i, k).times(conj(u)))
                                .minus(at(i, k + 1).times(conj(v))));
            }
            put(j, k, u);
            put(j, k + 1, v);
            keepRealDiagonal(j);
        }
    }

    private void solve(int r, double[] b) {
        double[] f = s.allocate(1);
        int k = 0;
        while (k < n) {
            int step = pivots[k] > 0 ? 1 : 2;
            int q = k + step - 1;
            swapRows(r, b, q, Math.abs(pivots[k]) - 1);
            for (int i = k + step; i < n; i++) {
                for (int j = k; j <= q; j++) {
                    s.axmy(r, a, i * n + j, b, j * r, 1, b, i * r, 1);
                }
            }
            if (step == 1) {
                s.divide(r, a, k * n + k, b, k * r, 1);
            } else {
                solveBlock(k, r, b);
            }
            k += step;
        }
        k = n - 1;
        while (k >= 0) {
            int step = pivots[k] > 0 ? 1 : 2;
            int q = k - step + 1;
            for (int j = q; j <= k; j++) {
                for (int i = k + 1; i < n; i++) {
                    s.set(f, 0, conj(at(i, j)));
                    s.axmy(r, f, 0, b, i * r, 1, b, j * r, 1);
                }
            }
            swapRows(r, b, k, Math.abs(pivots[k]) - 1);
            k -= step;
        }
    }

    private void solveBlock(int k, int r, double[] b) {
        Complex low = at(k + 1, k);
        Complex x = at(k, k).over(conj(low));
        Complex y = at(k + 1, k + 1).over(low);
        Complex denominator = x.times(y).minus(Complex.ONE);
        for (int j = 0; j < r; j++) {
            Complex u = s.at(b, k * r + j).over(conj(low));
            Complex v = s.at(b, (k + 1) * r + j).over(low);
            s.set(b, k * r + j, y.times(u).minus(v).over(denominator));
            s.set(b, (k + 1) * r + j, x.times(v).minus(u).over(denominator));
        }
    }

    private void swapRows(int r, double[] b, int i, int j) {
        if (i != j) {
            s.swap(r, b, i * r, 1, b, j * r, 1);
        }
    }
}

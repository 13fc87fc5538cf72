package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.Complex;
import java.util.Arrays;

/** Eigenvalues and right eigenvectors of a general square matrix (LAPACK's geev). */
public final class Eigen {
    private static final Scalars C = Scalars.COMPLEX;

    private Eigen() {}

    /** A real vector keeps its sign, one of a conjugate pair gets LAPACK's, a complex one a positive largest entry. */
    private enum Kind {
        REAL,
        PAIR,
        COMPLEX
    }

    /**
     * Computes the n complex values and, if vectors is not empty, the complex vectors (n x n, in columns, of length
     * 1, the largest entry of a complex
     * one made real) of A (n x n, destroyed). The values of a real matrix come in conjugate pairs, positive
     * imaginary part first.
     *
     * @return 0, or the number of values that did not converge; all results are then NaN
     */
    public static int decompose(Scalars s, int n, double[] a, double[] values, double[] vectors) {
        if (Scalars.hasNonFinite(a)) {
            fillWithNaN(values, vectors);
            return n;
        }
        double[] scale = balance(s, n, a);
        Schur schur = new Schur(s, n, a);
        int info = schur.iterate();
        if (info != 0) {
            fillWithNaN(values, vectors);
            return info;
        }
        boolean real = s.width() == 1;
        double[] t = real ? complex(schur.t) : schur.t;
        for (int k = 0; k < n; k++) {
            if (isPair(t, n, k)) {
                double im = StrictMath.sqrt(C.abs(t, k * n + k + 1)) * StrictMath.sqrt(C.abs(t, (k + 1) * n + k));
                C.set(values, k, C.re(t, k * n + k), im);
                C.set(values, k + 1, C.re(t, k * n + k), -im);
                k++;
            } else {
                C.copy(t, k * n + k, values, k);
            }
        }
        if (vectors.length > 0) {
            double[] x = C.allocate(n);
            double[] z = C.transpose(n, n, real ? complex(schur.z) : schur.z, false);
            for (int k = 0; k < n; k++) {
                boolean pair = isPair(t, n, k);
                solve(n, t, k, pair, C.at(values, k), x);
                vector(n, z, x, scale, pair ? Kind.PAIR : real ? Kind.REAL : Kind.COMPLEX, vectors, k);
                if (pair) {
                    k++;
                    for (int i = 0; i < n; i++) {
                        C.set(vectors, i * n + k, C.at(vectors, i * n + k - 1).conj());
                    }
                }
            }
        }
        return 0;
    }

    private static boolean isPair(double[] t, int n, int k) {
        return k + 1 < n && !C.isZero(t, (k + 1) * n + k);
    }

    /** Writes into x the eigenvector of T that ends with block k, by back substitution over blocks of order 1 and 2. */
    private static void solve(int n, double[] t, int k, boolean pair, Complex value, double[] x) {
        Arrays.fill(x, 0);
        if (pair) {
            double above = C.re(t, k * n + k + 1);
            double below = C.re(t, (k + 1) * n + k);
            if (Math.abs(above) >= Math.abs(below)) {
                C.set(x, k, 1);
                C.set(x, k + 1, 0, value.im() / above);
            } else {
                C.set(x, k, -value.im() / below);
                C.set(x, k + 1, 0, 1);
            }
        } else {
            C.set(x, k, 1);
        }
        int last = pair ? k + 1 : k;
        double norm = 0;
        for (int i = 0; i <= last; i++) {
            norm = Math.max(norm, C.abs1(t, i * n + i));
        }
        double least = Math.max(norm * 0x1p-52, Double.MIN_NORMAL);
        for (int j = k - 1; j >= 0; j--) {
            if (j > 0 && isPair(t, n, j - 1)) {
                Complex p = rest(n, t, j - 1, j + 1, last, x);
                Complex q = rest(n, t, j, j + 1, last, x);
                Complex a = C.at(t, (j - 1) * n + j - 1).minus(value);
                Complex b = C.at(t, (j - 1) * n + j);
                Complex c = C.at(t, j * n + j - 1);
                Complex d = C.at(t, j * n + j).minus(value);
                Complex det = atLeast(a.times(d).minus(b.times(c)), least * least);
                C.set(x, j - 1, d.times(p).minus(b.times(q)).over(det));
                C.set(x, j, a.times(q).minus(c.times(p)).over(det));
                j--;
            } else {
                Complex d = atLeast(C.at(t, j * n + j).minus(value), least);
                C.set(x, j, rest(n, t, j, j + 1, last, x).over(d));
            }
            rescale(last, x);
        }
    }

    private static Complex rest(int n, double[] t, int row, int from, int to, double[] x) {
        double re = 0;
        double im = 0;
        for (int j = from; j <= to; j++) {
            int i = 2 * (row * n + j);
            re -= t[i] * x[2 * j] - t[i + 1] * x[2 * j + 1];
            im -= t[i] * x[2 * j + 1] + t[i + 1] * x[2 * j];
        }
        return new Complex(re, im);
    }

    private static Complex atLeast(Complex z, double least) {
        return Math.abs(z.re()) + Math.abs(z.im()) < least ? new Complex(least, 0) : z;
    }

    private static void rescale(int last, double[] x) {
        double largest = C.abs1(x, C.largest(last + 1, x, 0, 1));
        if (largest > 1e100) {
            for (int i = 0; i < 2 * (last + 1); i++) {
                x[i] /= largest;
            }
        }
    }

    /** Column k of the vectors: Z x (Z given transposed), unbalanced and normalised. */
    private static void vector(int n, double[] z, double[] x, double[] scale, Kind kind, double[] vectors, int k) {
        double[] y = C.allocate(n);
        for (int j = 0; j < n; j++) {
            if (!C.isZero(x, j)) {
                C.axpy(n, x, j, z, j * n, 1, y, 0, 1);
            }
        }
        for (int i = 0; i < n; i++) {
            C.set(y, i, C.at(y, i).times(scale[i]));
        }
        double norm = C.norm(n, y, 0, 1);
        int largest = 0;
        for (int i = 1; i < n; i++) {
            if (C.abs(y, i) > C.abs(y, largest)) {
                largest = i;
            }
        }
        Complex turn = new Complex(norm, 0);
        if (kind != Kind.REAL) {
            Complex entry = C.at(y, largest);
            Rotation g = new Rotation();
            g.make(entry.re(), entry.im());
            turn = entry.times(norm / (kind == Kind.PAIR ? g.r : Math.abs(g.r)));
        }
        for (int i = 0; i < n; i++) {
            C.set(vectors, i * n + k, C.at(y, i).over(turn));
        }
        if (kind != Kind.REAL) {
            C.set(vectors, largest * n + k, C.re(vectors, largest * n + k));
        }
    }

    /**
     * Scales A by powers of two to rows and columns of like norms (Parlett and Reinsch, 1969; LAPACK's gebal);
     * returns the scales.
     */
    private static double[] balance(Scalars s, int n, double[] a) {
        double[] scale = new double[n];
        Arrays.fill(scale, 1);
        boolean changed = true;
        for (int round = 0; changed && round < 100; round++) {
            changed = false;
            for (int i = 0; i < n; i++) {
                double column = s.norm(n, a, i, n);
                double row = s.norm(n, a, i * n, 1);
                if (column == 0 || row == 0) {
                    continue;
                }
                double before = column + row;
                double f = 1;
                while (column < row / 2 && f < 1e100) {
                    f *= 2;
                    column *= 2;
                    row /= 2;
                }
                while (column / 2 >= row && f > 1e-100) {
                    f /= 2;
                    column /= 2;
                    row *= 2;
                }
                if (f != 1 && column + row < 0.95 * before) {
                    changed = true;
                    scale[i] *= f;
                    double[] factor = s.allocate(2);
                    s.set(factor, 0, f);
                    s.set(factor, 1, 1 / f);
                    s.scale(n, factor, 1, a, i * n, 1);
                    s.scale(n, factor, 0, a, i, n);
                }
            }
        }
        return scale;
    }

    private static double[] complex(double[] real) {
        double[] z = new double[2 * real.length];
        for (int i = 0; i < real.length; i++) {
            z[2 * i] = real[i];
        }
        return z;
    }

    private static void fillWithNaN(double[] values, double[] vectors) {
        Arrays.fill(values, Double.NaN);
        Arrays.fill(vectors, Double.NaN);
    }
}

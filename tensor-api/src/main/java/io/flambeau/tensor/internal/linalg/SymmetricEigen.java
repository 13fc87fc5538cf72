package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.spi.RowSteps;

/**
 * Eigenvalues and eigenvectors of a symmetric or Hermitian matrix: reduction to a real tridiagonal one by
 * reflections, then implicit QL or QR
 * steps with Wilkinson's shift, from whichever end is smaller (Golub and Van Loan, section 8.3; LAPACK's hetrd and
 * steqr, whose signs this keeps).
 */
public final class SymmetricEigen {
    private static final double EPS = 0x1p-53;
    private static final double TINY = Double.MIN_NORMAL;
    private static final int STEPS_PER_VALUE = 30;

    private SymmetricEigen() {}

    /**
     * Computes A = V diag(values) adjoint(V), the values ascending. Only the named triangle of A (n x n) is read; A
     * is replaced by V if vectors are
     * wanted and destroyed if not.
     *
     * @return 0, or the number of values that did not converge
     */
    public static int decompose(Scalars s, int n, double[] a, boolean upper, double[] values, boolean vectors) {
        if (upper) {
            reverse(s, n, a);
        }
        double[] off = new double[Math.max(n, 1)];
        double[] z = tridiagonalise(s, n, a, values, off, vectors);
        if (upper) {
            reverse(values, n);
            reverse(off, n - 1);
            if (vectors) {
                reverse(s, n, z);
            }
        }
        int row = n * s.width();
        // The rotations act on columns of V; kept transposed, these are contiguous rows.
        double[] vt = vectors ? s.transpose(n, n, z, false) : new double[0];
        int info = iterate(n, values, off, vectors ? new VectorRows(vt, row) : RowSteps.NONE);
        if (vectors) {
            System.arraycopy(s.transpose(n, n, vt, false), 0, a, 0, n * row);
        }
        return info;
    }

    /** Reduces the lower triangle; returns Q (or an empty array). */
    private static double[] tridiagonalise(Scalars s, int n, double[] a, double[] d, double[] e, boolean vectors) {
        double[] tau = s.allocate(Math.max(n, 1));
        double[] w = s.allocate(n);
        double[] f = s.allocate(1);
        for (int i = 0; i < n; i++) {
            s.set(a, i * n + i, s.re(a, i * n + i));
            for (int j = i + 1; j < n; j++) {
                s.set(a, i * n + j, s.re(a, j * n + i), -s.im(a, j * n + i));
            }
        }
        for (int k = 0; k < n - 1; k++) {
            int m = n - k - 1;
            int alpha = (k + 1) * n + k;
            Householder.make(s, m, a, alpha, Math.min(k + 2, n - 1) * n + k, n, tau, k);
            e[k] = s.re(a, alpha);
            // The full trailing block is kept, so a two-sided reflection is a left and a right one.
            Householder.left(s, m, m, a, alpha, n, tau, k, true, a, alpha + 1, n);
            Householder.right(s, m, m, a, alpha, n, tau, k, false, a, alpha + 1, n);
        }
        for (int i = 0; i < n; i++) {
            d[i] = s.re(a, i * n + i);
        }
        if (!vectors) {
            return new double[0];
        }
        double[] q = s.identity(n);
        for (int k = n - 2; k >= 0; k--) {
            int m = n - k - 1;
            int corner = (k + 1) * n + k;
            Householder.left(s, m, m, a, corner, n, tau, k, false, q, corner + 1, n);
        }
        return q;
    }

    /**
     * The eigenvalues, ascending, of a tridiagonal matrix with diagonal d and e[i] right of and below d[i]; the steps act
     * on the rows of the transposed vectors.
     *
     * @return 0, or the number of values that did not converge
     */
    public static int iterate(int n, double[] d, double[] e, RowSteps rows) {
        int info = converge(n, d, e, rows);
        sort(n, d, rows);
        return info;
    }

    private static int converge(int n, double[] d, double[] e, RowSteps rows) {
        Rotation rotation = new Rotation();
        int budget = n * STEPS_PER_VALUE;
        int start = 0;
        while (start < n && budget > 0) {
            int end = start;
            while (end < n - 1 && !negligible(d, e, end)) {
                end++;
            }
            if (end < n - 1) {
                e[end] = 0;
            }
            boolean ql = Math.abs(d[end]) >= Math.abs(d[start]);
            budget = ql
                    ? block(new Band(d, e, start, 1), end - start + 1, rows, rotation, budget)
                    : block(new Band(d, e, end, -1), end - start + 1, rows, rotation, budget);
            if (budget > 0) {
                start = end + 1;
            }
        }
        int info = 0;
        for (int i = 0; i < n - 1; i++) {
            if (e[i] != 0) {
                info++;
            }
        }
        return info;
    }

    private static boolean negligible(double[] d, double[] e, int i) {
        double t = Math.abs(e[i]);
        return t <= StrictMath.sqrt(Math.abs(d[i])) * StrictMath.sqrt(Math.abs(d[i + 1])) * EPS;
    }

    /** A tridiagonal block seen from one of its ends: the QR variant is the QL one on the reversed block. */
    private record Band(double[] d, double[] e, int origin, int step) {
        double diagonal(int i) {
            return d[origin + step * i];
        }

        void diagonal(int i, double x) {
            d[origin + step * i] = x;
        }

        /** The entry that couples i and i + 1. */
        double off(int i) {
            return e[step > 0 ? origin + i : origin - i - 1];
        }

        void off(int i, double x) {
            e[step > 0 ? origin + i : origin - i - 1] = x;
        }
    }

    /** QL steps on one unreduced block until all its values are found; returns the steps left. */
    private static int block(Band b, int size, RowSteps rows, Rotation rotation, int budget) {
        int left = budget;
        int l = 0;
        while (l < size) {
            int m = l;
            while (m < size - 1 && !converged(b, m)) {
                m++;
            }
            if (m < size - 1) {
                b.off(m, 0);
            }
            if (m == l) {
                l++;
            } else if (m == l + 1) {
                pair(b, l, rows);
                l += 2;
            } else {
                if (left == 0) {
                    return 0;
                }
                left--;
                step(b, l, m, rows, rotation);
            }
        }
        return Math.max(left, 1);
    }

    private static boolean converged(Band b, int m) {
        double t = Math.abs(b.off(m));
        return t * t <= EPS * EPS * Math.abs(b.diagonal(m)) * Math.abs(b.diagonal(m + 1)) + TINY;
    }

    private static void step(Band b, int l, int m, RowSteps rows, Rotation rotation) {
        double p = b.diagonal(l);
        double g = (b.diagonal(l + 1) - p) / (2 * b.off(l));
        double r = Rotation.length(g, 1);
        g = b.diagonal(m) - p + b.off(l) / (g + Math.copySign(r, g));
        double s = 1;
        double c = 1;
        p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * b.off(i);
            double h = c * b.off(i);
            rotation.make(g, f);
            c = rotation.c;
            s = rotation.s;
            if (i != m - 1) {
                b.off(i + 1, rotation.r);
            }
            g = b.diagonal(i + 1) - p;
            r = (b.diagonal(i) - g) * s + 2 * c * h;
            p = s * r;
            b.diagonal(i + 1, g + p);
            g = c * r - h;
            rows.rotate(b.origin + b.step * (i + 1), b.origin + b.step * i, c, s);
        }
        b.diagonal(l, b.diagonal(l) - p);
        b.off(l, g);
    }

    /** Solves the 2 x 2 block at l: eigenvalue of larger size first in the order of the original rows. */
    private static void pair(Band b, int l, RowSteps rows) {
        int first = b.step > 0 ? b.origin + l : b.origin - l - 1;
        double[] d = b.d;
        double a = d[first];
        double c = d[first + 1];
        double off = b.e[first];
        double sum = a + c;
        double difference = a - c;
        double rt = StrictMath.hypot(difference, 2 * off);
        double large;
        double small;
        boolean sumSign = sum >= 0;
        if (sum == 0) {
            large = 0.5 * rt;
            small = -0.5 * rt;
        } else {
            large = 0.5 * (sum + (sumSign ? rt : -rt));
            double big = Math.abs(a) > Math.abs(c) ? a : c;
            double little = Math.abs(a) > Math.abs(c) ? c : a;
            small = big / large * little - off / large * off;
        }
        boolean differenceSign = difference >= 0;
        double cs = difference + (differenceSign ? rt : -rt);
        double cosine;
        double sine;
        if (Math.abs(cs) > Math.abs(2 * off)) {
            double cot = -2 * off / cs;
            sine = 1 / StrictMath.sqrt(1 + cot * cot);
            cosine = cot * sine;
        } else if (off == 0) {
            cosine = 1;
            sine = 0;
        } else {
            double tan = -cs / (2 * off);
            cosine = 1 / StrictMath.sqrt(1 + tan * tan);
            sine = tan * cosine;
        }
        if (sumSign == differenceSign) {
            double t = cosine;
            cosine = -sine;
            sine = t;
        }
        d[first] = large;
        d[first + 1] = small;
        b.e[first] = 0;
        rows.rotate(first, first + 1, cosine, sine);
    }

    private static void sort(int n, double[] d, RowSteps rows) {
        for (int i = 0; i < n - 1; i++) {
            int k = i;
            for (int j = i + 1; j < n; j++) {
                if (d[j] < d[k]) {
                    k = j;
                }
            }
            if (k != i) {
                double t = d[i];
                d[i] = d[k];
                d[k] = t;
                rows.swap(i, k);
            }
        }
    }

    /** Reverses the order of rows and columns, which turns a reduction of the upper triangle into one of the lower. */
    private static void reverse(Scalars s, int n, double[] a) {
        int count = n * n;
        for (int i = 0; i < count / 2; i++) {
            s.swap(1, a, i, 1, a, count - 1 - i, 1);
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

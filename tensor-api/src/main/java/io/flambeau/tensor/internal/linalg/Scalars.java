package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.Complex;

/**
 * The vector kernels that the algorithms are written over, for real and for complex numbers. Indices and increments
 * count numbers, not doubles.
 *
 * <p>A scalar operand is a number in an array, given as (array, index), so that nothing is allocated.
 */
public abstract sealed class Scalars permits RealScalars, ComplexScalars {
    public static final Scalars REAL = new RealScalars();
    public static final Scalars COMPLEX = new ComplexScalars();

    Scalars() {}

    public static Scalars of(boolean complex) {
        return complex ? COMPLEX : REAL;
    }

    /** Doubles per number. */
    public abstract int width();

    /** y += a x. */
    abstract void axpy(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy);

    /** y -= a x. */
    abstract void axmy(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy);

    /** y -= conj(a) x. */
    abstract void axmyConj(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy);

    /** x *= a. */
    abstract void scale(int n, double[] a, int ai, double[] x, int xi, int incx);

    /** x /= a. */
    abstract void divide(int n, double[] a, int ai, double[] x, int xi, int incx);

    /** x = conj(x). */
    abstract void conj(int n, double[] x, int xi, int incx);

    /** Each row x of C (m x n at offset c, rows ldc apart) -= (x v) tau adjoint(v), v contiguous. */
    abstract void reflectRows(int m, int n, double[] v, double[] tau, int ti, double[] c, int ci, int ldc);

    /** The modulus. */
    public abstract double abs(double[] x, int i);

    /** The size by which LAPACK chooses pivots: |re| + |im|. */
    abstract double abs1(double[] x, int i);

    public abstract double re(double[] x, int i);

    public abstract double im(double[] x, int i);

    public abstract void set(double[] x, int i, double re, double im);

    final void set(double[] x, int i, double re) {
        set(x, i, re, 0);
    }

    final Complex at(double[] x, int i) {
        return new Complex(re(x, i), im(x, i));
    }

    final void set(double[] x, int i, Complex z) {
        set(x, i, z.re(), z.im());
    }

    final boolean isZero(double[] x, int i) {
        return re(x, i) == 0 && im(x, i) == 0;
    }

    public final double[] allocate(int n) {
        return new double[n * width()];
    }

    final void copy(double[] x, int i, double[] y, int j) {
        set(y, j, re(x, i), im(x, i));
    }

    final void swap(int n, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        int w = width();
        for (int k = 0; k < n; k++) {
            for (int part = 0; part < w; part++) {
                int i = (xi + k * incx) * w + part;
                int j = (yi + k * incy) * w + part;
                double t = x[i];
                x[i] = y[j];
                y[j] = t;
            }
        }
    }

    /** The Euclidean norm, scaled against overflow. */
    final double norm(int n, double[] x, int xi, int incx) {
        double largest = 0;
        for (int k = 0; k < n; k++) {
            double a = abs1(x, xi + k * incx);
            if (!(a <= largest)) {
                largest = a;
            }
        }
        if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
            return largest;
        }
        boolean plain = largest > 1e-140 && largest < 1e140;
        double factor = plain ? 1 : 1 / largest;
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double re = re(x, xi + k * incx) * factor;
            double im = im(x, xi + k * incx) * factor;
            sum += re * re + im * im;
        }
        return plain ? StrictMath.sqrt(sum) : largest * StrictMath.sqrt(sum);
    }

    /** The index of the first number of largest abs1, NaN counting as the largest. */
    final int largest(int n, double[] x, int xi, int incx) {
        int best = 0;
        double size = n == 0 ? 0 : abs1(x, xi);
        for (int k = 1; k < n && size == size; k++) {
            double a = abs1(x, xi + k * incx);
            if (!(a <= size)) {
                size = a;
                best = k;
            }
        }
        return best;
    }

    /** The n x n identity. */
    public final double[] identity(int n) {
        double[] a = allocate(n * n);
        for (int i = 0; i < n; i++) {
            set(a, i * n + i, 1);
        }
        return a;
    }

    /** C (m x n) = A (m x k) B (k x n). */
    public final double[] multiply(int m, int k, int n, double[] a, double[] b) {
        double[] c = allocate(m * n);
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < k; l++) {
                axpy(n, a, i * k + l, b, l * n, 1, c, i * n, 1);
            }
        }
        return c;
    }

    /** The n x m transpose of an m x n matrix, conjugated if asked. */
    public final double[] transpose(int m, int n, double[] a, boolean conjugate) {
        double[] t = allocate(m * n);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                set(t, j * m + i, re(a, i * n + j), conjugate ? -im(a, i * n + j) : im(a, i * n + j));
            }
        }
        return t;
    }

    /** True if a number is NaN or infinite. */
    public static boolean hasNonFinite(double[] a) {
        for (double x : a) {
            if (!Double.isFinite(x)) {
                return true;
            }
        }
        return false;
    }
}

package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.Complex;

/** Kernels on interleaved pairs of doubles. */
final class ComplexScalars extends Scalars {
    @Override
    public int width() {
        return 2;
    }

    @Override
    void axpy(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        add(n, a[2 * ai], a[2 * ai + 1], x, xi, incx, y, yi, incy);
    }

    @Override
    void axmy(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        add(n, -a[2 * ai], -a[2 * ai + 1], x, xi, incx, y, yi, incy);
    }

    @Override
    void axmyConj(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        add(n, -a[2 * ai], a[2 * ai + 1], x, xi, incx, y, yi, incy);
    }

    private static void add(int n, double re, double im, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        int i = 2 * xi;
        int j = 2 * yi;
        for (int k = 0; k < n; k++) {
            y[j] += re * x[i] - im * x[i + 1];
            y[j + 1] += re * x[i + 1] + im * x[i];
            i += 2 * incx;
            j += 2 * incy;
        }
    }

    @Override
    void scale(int n, double[] a, int ai, double[] x, int xi, int incx) {
        double re = a[2 * ai];
        double im = a[2 * ai + 1];
        for (int k = 0; k < n; k++) {
            int i = 2 * (xi + k * incx);
            double t = re * x[i] - im * x[i + 1];
            x[i + 1] = re * x[i + 1] + im * x[i];
            x[i] = t;
        }
    }

    @Override
    void divide(int n, double[] a, int ai, double[] x, int xi, int incx) {
        Complex s = at(a, ai);
        for (int k = 0; k < n; k++) {
            set(x, xi + k * incx, at(x, xi + k * incx).over(s));
        }
    }

    @Override
    void conj(int n, double[] x, int xi, int incx) {
        for (int k = 0; k < n; k++) {
            int i = 2 * (xi + k * incx) + 1;
            x[i] = -x[i];
        }
    }

    @Override
    void reflectRows(int m, int n, double[] v, double[] tau, int ti, double[] c, int ci, int ldc) {
        for (int i = 0; i < m; i++) {
            int row = 2 * (ci + i * ldc);
            double re = 0;
            double im = 0;
            for (int j = 0; j < 2 * n; j += 2) {
                re += c[row + j] * v[j] - c[row + j + 1] * v[j + 1];
                im += c[row + j] * v[j + 1] + c[row + j + 1] * v[j];
            }
            double fr = re * tau[2 * ti] - im * tau[2 * ti + 1];
            double fi = re * tau[2 * ti + 1] + im * tau[2 * ti];
            for (int j = 0; j < 2 * n; j += 2) {
                c[row + j] -= fr * v[j] + fi * v[j + 1];
                c[row + j + 1] -= fi * v[j] - fr * v[j + 1];
            }
        }
    }

    @Override
    public double abs(double[] x, int i) {
        return StrictMath.hypot(x[2 * i], x[2 * i + 1]);
    }

    @Override
    double abs1(double[] x, int i) {
        return Math.abs(x[2 * i]) + Math.abs(x[2 * i + 1]);
    }

    @Override
    public double re(double[] x, int i) {
        return x[2 * i];
    }

    @Override
    public double im(double[] x, int i) {
        return x[2 * i + 1];
    }

    @Override
    public void set(double[] x, int i, double re, double im) {
        x[2 * i] = re;
        x[2 * i + 1] = im;
    }
}

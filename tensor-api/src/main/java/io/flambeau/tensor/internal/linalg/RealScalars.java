package io.flambeau.tensor.internal.linalg;

/** Kernels on doubles. */
final class RealScalars extends Scalars {
    @Override
    public int width() {
        return 1;
    }

    @Override
    void axpy(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        add(n, a[ai], x, xi, incx, y, yi, incy);
    }

    @Override
    void axmy(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        add(n, -a[ai], x, xi, incx, y, yi, incy);
    }

    @Override
    void axmyConj(int n, double[] a, int ai, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        add(n, -a[ai], x, xi, incx, y, yi, incy);
    }

    private static void add(int n, double s, double[] x, int xi, int incx, double[] y, int yi, int incy) {
        if (incx == 1 && incy == 1) {
            for (int k = 0; k < n; k++) {
                y[yi + k] += s * x[xi + k];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            y[yi + k * incy] += s * x[xi + k * incx];
        }
    }

    @Override
    void scale(int n, double[] a, int ai, double[] x, int xi, int incx) {
        double s = a[ai];
        for (int k = 0; k < n; k++) {
            x[xi + k * incx] *= s;
        }
    }

    @Override
    void divide(int n, double[] a, int ai, double[] x, int xi, int incx) {
        double s = a[ai];
        for (int k = 0; k < n; k++) {
            x[xi + k * incx] /= s;
        }
    }

    @Override
    void conj(int n, double[] x, int xi, int incx) {}

    @Override
    void reflectRows(int m, int n, double[] v, double[] tau, int ti, double[] c, int ci, int ldc) {
        double t = tau[ti];
        for (int i = 0; i < m; i++) {
            int row = ci + i * ldc;
            double dot = 0;
            for (int j = 0; j < n; j++) {
                dot += c[row + j] * v[j];
            }
            dot *= t;
            for (int j = 0; j < n; j++) {
                c[row + j] -= dot * v[j];
            }
        }
    }

    @Override
    public double abs(double[] x, int i) {
        return Math.abs(x[i]);
    }

    @Override
    double abs1(double[] x, int i) {
        return Math.abs(x[i]);
    }

    @Override
    public double re(double[] x, int i) {
        return x[i];
    }

    @Override
    public double im(double[] x, int i) {
        return 0;
    }

    @Override
    public void set(double[] x, int i, double re, double im) {
        x[i] = re;
    }
}

package io.flambeau.tensor.internal.fft;

import io.flambeau.tensor.spi.FourierBasis;

/** A transform of a length with small prime factors: one pass per factor between two buffers, in order at the end. */
final class Stockham extends FftPlan {
    private static final double SIN_60 = 0.86602540378443864676;
    private static final double COS_72 = 0.30901699437494742410;
    private static final double SIN_72 = 0.95105651629515357212;
    private static final double COS_144 = -0.80901699437494742410;
    private static final double SIN_144 = 0.58778525229247312917;

    private final int[] factors;
    private final double[] roots;

    Stockham(int n) {
        super(n);
        factors = FourierBasis.factors(n);
        roots = roots(n, n);
    }

    @Override
    public int scratch() {
        return 2 * length();
    }

    @Override
    public void forward(double[] data, double[] scratch) {
        double[] from = data;
        double[] to = scratch;
        int stride = 1;
        int rest = length();
        for (int p : factors) {
            rest /= p;
            switch (p) {
                case 2 -> pass2(from, to, rest, stride);
                case 3 -> pass3(from, to, rest, stride);
                case 4 -> pass4(from, to, rest, stride);
                case 5 -> pass5(from, to, rest, stride);
                default -> passAny(p, from, to, rest, stride);
            }
            stride *= p;
            double[] swap = from;
            from = to;
            to = swap;
        }
        if (from != data) {
            System.arraycopy(from, 0, data, 0, 2 * length());
        }
    }

    // Each pass maps element (j, q, r) of [p][m][s] to element (q, k, r) of [m][p][s]: a transform over j, then a
    // twiddle.

    private void pass2(double[] x, double[] y, int m, int s) {
        int leg = 2 * m * s;
        for (int q = 0; q < m; q++) {
            double wr = roots[2 * q * s];
            double wi = roots[2 * q * s + 1];
            int in = 2 * q * s;
            int out = 4 * q * s;
            for (int end = in + 2 * s; in < end; in += 2, out += 2) {
                double ar = x[in];
                double ai = x[in + 1];
                double br = x[in + leg];
                double bi = x[in + leg + 1];
                y[out] = ar + br;
                y[out + 1] = ai + bi;
                put(y, out + 2 * s, ar - br, ai - bi, wr, wi);
            }
        }
    }

    private void pass3(double[] x, double[] y, int m, int s) {
        int leg = 2 * m * s;
        for (int q = 0; q < m; q++) {
            int w = 2 * q * s;
            int in = 2 * q * s;
            int out = 6 * q * s;
            for (int end = in + 2 * s; in < end; in += 2, out += 2) {
                double ar = x[in];
                double ai = x[in + 1];
                double sumR = x[in + leg] + x[in + 2 * leg];
                double sumI = x[in + leg + 1] + x[in + 2 * leg + 1];
                double difR = SIN_60 * (x[in + leg] - x[in + 2 * leg]);
                double difI = SIN_60 * (x[in + leg + 1] - x[in + 2 * leg + 1]);
                double cr = ar - 0.5 * sumR;
                double ci = ai - 0.5 * sumI;
                y[out] = ar + sumR;
                y[out + 1] = ai + sumI;
                put(y, out + 2 * s, cr + difI, ci - difR, roots[w], roots[w + 1]);
                put(y, out + 4 * s, cr - difI, ci + difR, roots[2 * w], roots[2 * w + 1]);
            }
        }
    }

    private void pass4(double[] x, double[] y, int m, int s) {
        int leg = 2 * m * s;
        for (int q = 0; q < m; q++) {
            int w = 2 * q * s;
            double w1r = roots[w];
            double w1i = roots[w + 1];
            double w2r = roots[2 * w];
            double w2i = roots[2 * w + 1];
            double w3r = roots[3 * w];
            double w3i = roots[3 * w + 1];
            int in = 2 * q * s;
            int out = 8 * q * s;
            for (int end = in + 2 * s; in < end; in += 2, out += 2) {
                double ar = x[in] + x[in + 2 * leg];
                double ai = x[in + 1] + x[in + 2 * leg + 1];
                double br = x[in] - x[in + 2 * leg];
                double bi = x[in + 1] - x[in + 2 * leg + 1];
                double cr = x[in + leg] + x[in + 3 * leg];
                double ci = x[in + leg + 1] + x[in + 3 * leg + 1];
                double dr = x[in + leg] - x[in + 3 * leg];
                double di = x[in + leg + 1] - x[in + 3 * leg + 1];
                y[out] = ar + cr;
                y[out + 1] = ai + ci;
                put(y, out + 2 * s, br + di, bi - dr, w1r, w1i);
                put(y, out + 4 * s, ar - cr, ai - ci, w2r, w2i);
                put(y, out + 6 * s, br - di, bi + dr, w3r, w3i);
            }
        }
    }

    private void pass5(double[] x, double[] y, int m, int s) {
        int leg = 2 * m * s;
        for (int q = 0; q < m; q++) {
            int w = 2 * q * s;
            int in = 2 * q * s;
            int out = 10 * q * s;
            for (int end = in + 2 * s; in < end; in += 2, out += 2) {
                double ar = x[in];
                double ai = x[in + 1];
                double p1r = x[in + leg] + x[in + 4 * leg];
                double p1i = x[in + leg + 1] + x[in + 4 * leg + 1];
                double m1r = x[in + leg] - x[in + 4 * leg];
                double m1i = x[in + leg + 1] - x[in + 4 * leg + 1];
                double p2r = x[in + 2 * leg] + x[in + 3 * leg];
                double p2i = x[in + 2 * leg + 1] + x[in + 3 * leg + 1];
                double m2r = x[in + 2 * leg] - x[in + 3 * leg];
                double m2i = x[in + 2 * leg + 1] - x[in + 3 * leg + 1];
                double c1r = ar + COS_72 * p1r + COS_144 * p2r;
                double c1i = ai + COS_72 * p1i + COS_144 * p2i;
                double c2r = ar + COS_144 * p1r + COS_72 * p2r;
                double c2i = ai + COS_144 * p1i + COS_72 * p2i;
                double s1r = SIN_72 * m1r + SIN_144 * m2r;
                double s1i = SIN_72 * m1i + SIN_144 * m2i;
                double s2r = SIN_144 * m1r - SIN_72 * m2r;
                double s2i = SIN_144 * m1i - SIN_72 * m2i;
                y[out] = ar + p1r + p2r;
                y[out + 1] = ai + p1i + p2i;
                put(y, out + 2 * s, c1r + s1i, c1i - s1r, roots[w], roots[w + 1]);
                put(y, out + 4 * s, c2r + s2i, c2i - s2r, roots[2 * w], roots[2 * w + 1]);
                put(y, out + 6 * s, c2r - s2i, c2i + s2r, roots[3 * w], roots[3 * w + 1]);
                put(y, out + 8 * s, c1r - s1i, c1i + s1r, roots[4 * w], roots[4 * w + 1]);
            }
        }
    }

    private void passAny(int p, double[] x, double[] y, int m, int s) {
        int leg = 2 * m * s;
        int step = length() / p;
        for (int q = 0; q < m; q++) {
            for (int r = 0; r < s; r++) {
                int in = 2 * (q * s + r);
                int out = 2 * (p * q * s + r);
                for (int k = 0; k < p; k++) {
                    double re = 0;
                    double im = 0;
                    for (int j = 0; j < p; j++) {
                        int w = 2 * (j * k % p) * step;
                        double ar = x[in + j * leg];
                        double ai = x[in + j * leg + 1];
                        re += ar * roots[w] - ai * roots[w + 1];
                        im += ar * roots[w + 1] + ai * roots[w];
                    }
                    int w = 2 * q * k * s;
                    put(y, out + 2 * k * s, re, im, roots[w], roots[w + 1]);
                }
            }
        }
    }

    private static void put(double[] y, int at, double re, double im, double wr, double wi) {
        y[at] = re * wr - im * wi;
        y[at + 1] = re * wi + im * wr;
    }
}

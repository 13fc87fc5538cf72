package io.flambeau.tensor.internal.fft;

import io.flambeau.tensor.spi.FourierBasis;

/** A transform of any length as a convolution with a chirp: j k = (j^2 + k^2 - (k - j)^2) / 2. */
final class Bluestein extends FftPlan {
    private final Stockham convolution;
    private final double[] chirp;
    private final double[] filter;

    Bluestein(int n) {
        super(n);
        int m = Integer.highestOneBit(2 * n - 2) << 1;
        convolution = new Stockham(m);
        chirp = new double[2 * n];
        filter = new double[2 * m];
        for (int k = 0; k < n; k++) {
            FourierBasis.root((long) k * k % (2L * n), 2L * n, chirp, 2 * k);
            filter[2 * k] = chirp[2 * k] / m;
            filter[2 * k + 1] = -chirp[2 * k + 1] / m;
            if (k > 0) {
                filter[2 * (m - k)] = filter[2 * k];
                filter[2 * (m - k) + 1] = filter[2 * k + 1];
            }
        }
        convolution.forward(filter, new double[convolution.scratch()]);
    }

    @Override
    public int scratch() {
        return 0;
    }

    @Override
    public void forward(double[] data, double[] scratch) {
        double[] work = new double[2 * convolution.length()];
        double[] inner = new double[convolution.scratch()];
        multiply(data, chirp, work, length());
        convolution.forward(work, inner);
        multiply(work, filter, work, convolution.length());
        convolution.backward(work, inner);
        multiply(work, chirp, data, length());
    }

    private static void multiply(double[] a, double[] b, double[] to, int n) {
        for (int i = 0; i < 2 * n; i += 2) {
            double re = a[i] * b[i] - a[i + 1] * b[i + 1];
            to[i + 1] = a[i] * b[i + 1] + a[i + 1] * b[i];
            to[i] = re;
        }
    }
}

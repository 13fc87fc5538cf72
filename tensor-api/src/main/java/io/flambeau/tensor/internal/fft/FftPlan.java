package io.flambeau.tensor.internal.fft;

import io.flambeau.tensor.spi.FourierBasis;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A complex transform of one length: factors and twiddles, computed once and shared by all threads.
 *
 * <p>Lengths whose prime factors are at most 31 run as a Stockham autosort transform with butterflies of 4, 2, 3, 5
 * and any other such prime (Van
 * Loan, Computational Frameworks for the Fast Fourier Transform, 1992). Any other length becomes a convolution of a
 * power-of-two length (Bluestein,
 * 1970). Both take O(n log n) operations and err by O(log n) units in the last place.
 */
public abstract sealed class FftPlan permits Stockham, Bluestein {
    private static final int CACHED_LENGTH = 1 << 16;
    private static final int CACHED_PLANS = 256;
    private static final ConcurrentHashMap<Integer, FftPlan> CACHE = new ConcurrentHashMap<>();

    private final int n;

    FftPlan(int n) {
        this.n = n;
    }

    /** The plan for length n, at least 1. */
    public static FftPlan of(int n) {
        FftPlan plan = CACHE.get(n);
        if (plan == null) {
            plan = FourierBasis.isSmooth(n) ? new Stockham(n) : new Bluestein(n);
            if (n <= CACHED_LENGTH && CACHE.size() < CACHED_PLANS) {
                CACHE.put(n, plan);
            }
        }
        return plan;
    }

    public final int length() {
        return n;
    }

    /** The number of doubles a transform needs as scratch. */
    public abstract int scratch();

    /** Replaces the first n complex numbers of data by their sums of x[j] exp(-2 pi i j k / n). */
    public abstract void forward(double[] data, double[] scratch);

    /** The same with exp(+2 pi i j k / n); not divided by n. */
    public final void backward(double[] data, double[] scratch) {
        swapParts(data);
        forward(data, scratch);
        swapParts(data);
    }

    private void swapParts(double[] data) {
        for (int i = 0; i < 2 * n; i += 2) {
            double re = data[i];
            data[i] = data[i + 1];
            data[i + 1] = re;
        }
    }

    /** exp(-2 pi i k / n) for k below count, interleaved; exact at the axes and symmetric about them. */
    static double[] roots(int n, int count) {
        double[] w = new double[2 * count];
        for (int k = 0; k < count; k++) {
            FourierBasis.root(k, n, w, 2 * k);
        }
        return w;
    }
}

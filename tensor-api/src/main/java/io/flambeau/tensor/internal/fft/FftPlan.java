package io.flambeau.tensor.internal.fft;

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
    private static final int LARGEST_BUTTERFLY = 31;
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
            plan = smooth(n) ? new Stockham(n) : new Bluestein(n);
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

    private static boolean smooth(int n) {
        int rest = n;
        for (int p = 2; p <= LARGEST_BUTTERFLY; p++) {
            while (rest % p == 0) {
                rest /= p;
            }
        }
        return rest == 1;
    }

    /** exp(-2 pi i k / n) for k below count, interleaved; exact at the axes and symmetric about them. */
    static double[] roots(int n, int count) {
        double[] w = new double[2 * count];
        for (int k = 0; k < count; k++) {
            root(k, n, w, 2 * k);
        }
        return w;
    }

    /** Writes exp(-2 pi i k / n), k in [0, n), with the angle reduced to an eighth of the circle in integers. */
    static void root(long k, long n, double[] to, int at) {
        long octant = 8 * k / n;
        long t = 8 * k - octant * n;
        long distance = (octant & 1) == 0 ? t : n - t;
        double angle = Math.PI / 4 * ((double) distance / n);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        boolean swap = octant == 1 || octant == 2 || octant == 5 || octant == 6;
        double x = swap ? s : c;
        double y = swap ? c : s;
        to[at] = octant >= 2 && octant <= 5 ? -x : x;
        to[at + 1] = octant < 4 ? -y : y;
    }
}

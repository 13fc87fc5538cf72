package io.flambeau.tensor.spi;

import java.util.Arrays;

/**
 * What every fast Fourier transform computes beforehand, the definition's and a kernel's: the factors of its length and
 * roots of unity.
 */
public final class FourierBasis {
    private static final int LARGEST_BUTTERFLY = 31;

    private FourierBasis() {}

    /** Whether the length, at least 1, has no prime factor above 31, so that a pass for each factor is worth its while. */
    public static boolean isSmooth(int n) {
        int rest = n;
        for (int p = 2; p <= LARGEST_BUTTERFLY; p++) {
            while (rest % p == 0) {
                rest /= p;
            }
        }
        return rest == 1;
    }

    /** The factors of a length in the order of the passes: fours, then primes upwards. */
    public static int[] factors(int n) {
        int[] found = new int[32];
        int count = 0;
        int rest = n;
        while (rest % 4 == 0) {
            found[count++] = 4;
            rest /= 4;
        }
        for (int p = 2; rest > 1; p++) {
            while (rest % p == 0) {
                found[count++] = p;
                rest /= p;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /**
     * Writes exp(-2 pi i k / n), k from 0 below n, as two numbers. The angle is reduced to an eighth of the circle in
     * integers, so the axes are exact and the rest symmetric about them.
     */
    public static void root(long k, long n, double[] to, int at) {
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

package io.flambeau.nn;

/** The normal distribution on Java numbers, for initial values. */
final class Normals {
    private Normals() {}

    /** The distribution function, by the complementary error function's continued expansion (Marsaglia, 2004). */
    static double cdf(double x) {
        if (x > 8) {
            return 1;
        } else if (x < -8) {
            return 0;
        }
        double sum = x;
        double term = x;
        for (int i = 3; sum + term != sum; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    /** The inverse of {@link #cdf}, by bisection to the last bit that matters. */
    static double quantile(double p) {
        double low = -8;
        double high = 8;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (cdf(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}

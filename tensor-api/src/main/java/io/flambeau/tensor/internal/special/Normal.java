package io.flambeau.tensor.internal.special;

/** The standard normal distribution. */
public final class Normal {
    private static final double SQRT_TWO = 1.4142135623730950488;

    private Normal() {}

    /** The distribution function: the probability of a value at most x. */
    public static double ndtr(double x) {
        double t = x * Erf.SQRT_HALF;
        return Math.abs(t) < 1 ? 0.5 + 0.5 * Erf.erf(t) : 0.5 * Erf.erfc(-t);
    }

    /** log(ndtr(x)), accurate in both tails. */
    public static double logNdtr(double x) {
        double t = x * Erf.SQRT_HALF;
        return x < -1 ? StrictMath.log(0.5 * Erf.erfcx(-t)) - t * t : StrictMath.log1p(-0.5 * Erf.erfc(t));
    }

    /** The quantile: the x with ndtr(x) = p; infinite at 0 and 1, NaN outside. */
    public static double ndtri(double p) {
        if (p < 0.125) {
            return -SQRT_TWO * Erf.erfcinvTail(2 * p);
        }
        if (p > 0.875) {
            return SQRT_TWO * Erf.erfcinvTail(2 * (1 - p));
        }
        return SQRT_TWO * Erf.erfinv(2 * p - 1);
    }

    /** The same in C, after {@link Erf#c}. */
    public static String c() {
        return """
                INLINE W sf_ndtr(W x) {
                    W t = x * 0.70710678118654752440;
                    return fabs(t) < 1 ? 0.5 + 0.5 * erf(t) : 0.5 * erfc(-t);
                }
                INLINE W sf_log_ndtr(W x) {
                    W t = x * 0.70710678118654752440;
                    return x < -1 ? log(0.5 * sf_erfcx(-t)) - t * t : log1p(-0.5 * erfc(t));
                }
                INLINE W sf_ndtri(W p) {
                    W root = 1.4142135623730950488;
                    return p < 0.125 ? -root * sf_erfcinv_tail(2 * p)
                        : p > 0.875 ? root * sf_erfcinv_tail(2 * (1 - p)) : root * sf_erfinv(2 * p - 1);
                }
                """;
    }
}

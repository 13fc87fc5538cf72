package io.flambeau.tensor.internal.special;

/**
 * Classical orthogonal polynomials of degree n at x, by their three-term recurrences (DLMF table 18.9.1).
 *
 * <p>The degree is a number truncated to an integer; a negative or NaN degree gives 0. As in PyTorch, Chebyshev
 * polynomials of larger degree use the
 * trigonometric form inside (-1, 1), and Hermite polynomials beyond degree 512 are NaN.
 */
public final class Polynomials {
    private static final long HERMITE_LIMIT = 512;

    private Polynomials() {}

    /** First kind: cos(n acos x). */
    public static double chebyshevT(double x, double n) {
        long k = degree(n);
        if (k < 0) {
            return 0;
        }
        if (Math.abs(x) == 1) {
            return x > 0 || even(k) ? 1 : -1;
        }
        if (k > 6 && Math.abs(x) < 1) {
            return StrictMath.cos(k * StrictMath.acos(x));
        }
        return chebyshev(x, k, x);
    }

    /** Second kind: sin((n + 1) acos x) / sin(acos x). */
    public static double chebyshevU(double x, double n) {
        long k = degree(n);
        if (k < 0) {
            return 0;
        }
        if (Math.abs(x) == 1) {
            return x > 0 || even(k) ? k + 1.0 : -(k + 1.0);
        }
        if (k > 8 && Math.abs(x) < 1) {
            double angle = StrictMath.acos(x);
            return StrictMath.sin((k + 1) * angle) / StrictMath.sin(angle);
        }
        return chebyshev(x, k, x + x);
    }

    /** Third kind: cos((n + 1/2) acos x) / cos(acos x / 2). */
    public static double chebyshevV(double x, double n) {
        long k = degree(n);
        if (k < 0) {
            return 0;
        }
        if (Math.abs(x) == 1) {
            return x > 0 ? 1 : even(k) ? 2.0 * k + 1 : -(2.0 * k + 1);
        }
        if (k > 8 && Math.abs(x) < 1) {
            double angle = StrictMath.acos(x);
            return StrictMath.cos((k + 0.5) * angle) / StrictMath.cos(0.5 * angle);
        }
        return chebyshev(x, k, x + x - 1);
    }

    /** Fourth kind: sin((n + 1/2) acos x) / sin(acos x / 2). */
    public static double chebyshevW(double x, double n) {
        long k = degree(n);
        if (k < 0) {
            return 0;
        }
        if (Math.abs(x) == 1) {
            return x > 0 ? 2.0 * k + 1 : even(k) ? 1 : -1;
        }
        if (k > 8 && Math.abs(x) < 1) {
            double angle = StrictMath.acos(x);
            return StrictMath.sin((k + 0.5) * angle) / StrictMath.sin(0.5 * angle);
        }
        return chebyshev(x, k, x + x + 1);
    }

    /** T of 2x - 1. */
    public static double shiftedChebyshevT(double x, double n) {
        return chebyshevT(x + x - 1, n);
    }

    /** U of 2x - 1. */
    public static double shiftedChebyshevU(double x, double n) {
        return chebyshevU(x + x - 1, n);
    }

    /** V of 2x - 1. */
    public static double shiftedChebyshevV(double x, double n) {
        return chebyshevV(x + x - 1, n);
    }

    /** W of 2x - 1. */
    public static double shiftedChebyshevW(double x, double n) {
        return chebyshevW(x + x - 1, n);
    }

    /** Hermite, physicists' form. */
    public static double hermiteH(double x, double n) {
        return hermite(2 * x, 2, degree(n));
    }

    /** Hermite, probabilists' form. */
    public static double hermiteHe(double x, double n) {
        return hermite(x, 1, degree(n));
    }

    public static double laguerreL(double x, double n) {
        long degree = degree(n);
        if (degree <= 0 || x == 0) {
            return degree < 0 ? 0 : 1;
        }
        double p = 1;
        double q = 1 - x;
        for (long k = 1; k < degree && q == q; k++) {
            double r = ((2 * k + (1 - x)) * q - k * p) / (k + 1);
            p = q;
            q = r;
        }
        return q;
    }

    public static double legendreP(double x, double n) {
        long degree = degree(n);
        if (degree <= 0) {
            return degree < 0 ? 0 : 1;
        }
        if (Math.abs(x) == 1) {
            return x > 0 || even(degree) ? 1 : -1;
        }
        double p = 1;
        double q = x;
        for (long k = 1; k < degree && q == q; k++) {
            double r = ((2 * k + 1) * x * q - k * p) / (k + 1);
            p = q;
            q = r;
        }
        return q;
    }

    private static double chebyshev(double x, long degree, double first) {
        if (degree == 0) {
            return 1;
        }
        double p = 1;
        double q = first;
        for (long k = 1; k < degree && q == q; k++) {
            double r = 2 * x * q - p;
            p = q;
            q = r;
        }
        return q;
    }

    private static double hermite(double x, int step, long degree) {
        if (degree <= 0) {
            return degree < 0 ? 0 : 1;
        }
        if (degree > HERMITE_LIMIT) {
            return Double.NaN;
        }
        double p = 1;
        double q = x;
        for (long k = 1; k < degree; k++) {
            double r = x * q - step * k * p;
            p = q;
            q = r;
        }
        return q;
    }

    private static long degree(double n) {
        return Double.isNaN(n) ? -1 : (long) n;
    }

    private static boolean even(long k) {
        return (k & 1) == 0;
    }

    /** The same in C, shifted ones by their argument. */
    public static String c() {
        return """
                /* Degrees are truncated; those that are no numbers are negative. */
                INLINE i64 sf_degree(W n) { return n != n ? -1 : n > 9e18 ? 9000000000000000000 : n < -1 ? -1 : (i64)n; }
                INLINE W sf_chebyshev_by_recurrence(W x, i64 degree, W first) {
                    W p = 1;
                    W q = first;
                    for (i64 k = 1; k < degree && q == q; k++) {
                        W r = 2 * x * q - p;
                        p = q;
                        q = r;
                    }
                    return degree == 0 ? 1 : q;
                }
                INLINE W sf_chebyshev_t(W x, W n) {
                    i64 k = sf_degree(n);
                    return k < 0 ? 0
                        : fabs(x) == 1 ? (x > 0 || k % 2 == 0 ? 1 : -1)
                        : k > 6 && fabs(x) < 1 ? cos(k * acos(x)) : sf_chebyshev_by_recurrence(x, k, x);
                }
                INLINE W sf_chebyshev_u(W x, W n) {
                    i64 k = sf_degree(n);
                    W angle = acos(x);
                    return k < 0 ? 0
                        : fabs(x) == 1 ? (x > 0 || k % 2 == 0 ? (W)k + 1 : -((W)k + 1))
                        : k > 8 && fabs(x) < 1 ? sin((k + 1) * angle) / sin(angle)
                        : sf_chebyshev_by_recurrence(x, k, x + x);
                }
                INLINE W sf_chebyshev_v(W x, W n) {
                    i64 k = sf_degree(n);
                    W angle = acos(x);
                    return k < 0 ? 0
                        : fabs(x) == 1 ? (x > 0 ? 1 : k % 2 == 0 ? 2 * (W)k + 1 : -(2 * (W)k + 1))
                        : k > 8 && fabs(x) < 1 ? cos((k + (W)0.5) * angle) / cos(angle / 2)
                        : sf_chebyshev_by_recurrence(x, k, x + x - 1);
                }
                INLINE W sf_chebyshev_w(W x, W n) {
                    i64 k = sf_degree(n);
                    W angle = acos(x);
                    return k < 0 ? 0
                        : fabs(x) == 1 ? (x > 0 ? 2 * (W)k + 1 : k % 2 == 0 ? 1 : -1)
                        : k > 8 && fabs(x) < 1 ? sin((k + (W)0.5) * angle) / sin(angle / 2)
                        : sf_chebyshev_by_recurrence(x, k, x + x + 1);
                }
                INLINE W sf_hermite(W x, i32 step, i64 degree) {
                    W p = 1;
                    W q = x;
                    for (i64 k = 1; k < degree && degree <= 512; k++) {
                        W r = x * q - step * k * p;
                        p = q;
                        q = r;
                    }
                    return degree < 0 ? 0 : degree == 0 ? 1 : degree > 512 ? W_NAN : q;
                }
                INLINE W sf_hermite_h(W x, W n) { return sf_hermite(2 * x, 2, sf_degree(n)); }
                INLINE W sf_hermite_he(W x, W n) { return sf_hermite(x, 1, sf_degree(n)); }
                INLINE W sf_laguerre_l(W x, W n) {
                    i64 degree = sf_degree(n);
                    W p = 1;
                    W q = 1 - x;
                    for (i64 k = 1; k < degree && q == q && x != 0; k++) {
                        W r = ((2 * k + (1 - x)) * q - k * p) / (k + 1);
                        p = q;
                        q = r;
                    }
                    return degree < 0 ? 0 : degree == 0 ? 1 : q;
                }
                INLINE W sf_legendre_p(W x, W n) {
                    i64 degree = sf_degree(n);
                    W p = 1;
                    W q = x;
                    for (i64 k = 1; k < degree && q == q && fabs(x) != 1; k++) {
                        W r = ((2 * k + 1) * x * q - k * p) / (k + 1);
                        p = q;
                        q = r;
                    }
                    return degree < 0 ? 0 : degree == 0 ? 1 : fabs(x) != 1 ? q : x > 0 || degree % 2 == 0 ? 1 : -1;
                }
                """;
    }
}

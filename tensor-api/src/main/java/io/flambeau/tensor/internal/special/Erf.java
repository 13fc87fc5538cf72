package io.flambeau.tensor.internal.special;

/** The error function, its complements and inverses. */
public final class Erf {
    static final double SQRT_HALF = 0.70710678118654752440;
    private static final double SQRT_PI = 1.7724538509055160273;

    private Erf() {}

    // (1 + 2x) erfcx(x) with t = (x - 3.75) / (x + 3.75), x in [0, inf).
    // The variable is Shepherd and Laframboise's, Mathematics of Computation 36 (1981).
    private static final double[] ERFCX = {
        1.1775789345674017,
        -0.004590054580646478,
        -0.08424913336651792,
        0.05920993999819189,
        -0.026658668435305753,
        0.009074997670705265,
        -0.002413163540417608,
        0.0004907758365258086,
        -6.916973302501207E-05,
        4.13902798607301E-06,
        7.74038306619849E-07,
        -2.1886401049234397E-07,
        1.076499946567091E-08,
        4.521959811218287E-09,
        -7.754400208831351E-10,
        -6.318088340886684E-11,
        2.86879501093067E-11,
        1.9455868545777347E-13,
        -9.65469674843344E-13,
        3.25254814814874E-14,
        3.3478119482868056E-14,
        -1.864562880419313E-15,
        -1.2507950530688648E-15,
        7.418235256624044E-17,
        5.068148904796111E-17
    };

    // erf(x) / x with t = 2x^2 - 1, x in [0, 1].
    private static final double[] ERF = {
        0.9754769393826541,
        -0.14226120510371365,
        0.010035582187599796,
        -0.0005768764699767485,
        2.741993125219606E-05,
        -1.1043175507344507E-06,
        3.8488755420345036E-08,
        -1.1808582533875466E-09,
        3.2334215826050907E-11,
        -7.991015947004549E-13,
        1.7990725113961456E-14,
        -3.718635487818693E-16,
        7.103599003714253E-18
    };

    // erfinv(y) / y with t = 2 y^2 / 0.5625 - 1, |y| <= 3/4.
    private static final double[] ERFINV = {
        0.9744859196197088,
        0.09767121365429762,
        0.0106798426748877,
        0.00145839261934236,
        0.00022139561793534646,
        3.5754642695386944E-05,
        6.013052435846527E-06,
        1.0405605281919531E-06,
        1.8393099988652242E-07,
        3.3048595802566894E-08,
        6.015922964924221E-09,
        1.1067505460742694E-09,
        2.0540500062873634E-10,
        3.8404854958353785E-11,
        7.226135143013051E-12,
        1.3670906380006421E-12,
        2.598708098538055E-13,
        4.960649711523937E-14,
        9.504612363589054E-15,
        1.8271407438754928E-15,
        3.5229350975383005E-16,
        6.810937482440025E-17,
        1.319990081950303E-17
    };

    // erfcinv(q) / s, s = sqrt(-log q), with u = (s - 6) / (s + 6) mapped from [u(1/4), u(1e-328)] to [-1, 1].
    private static final double[] ERFCINV = {
        0.9120442225498745,
        0.12881570334492443,
        -0.05998829920345537,
        0.022168912896522872,
        -0.007325768652711027,
        0.002181698610259001,
        -0.0005763558468814812,
        0.00012559876565573018,
        -1.6607623306546814E-05,
        -3.0943999584857095E-06,
        3.6830155673408676E-06,
        -1.945134375790914E-06,
        8.051916995399599E-07,
        -2.868763070336377E-07,
        8.94322301687396E-08,
        -2.3712610315269766E-08,
        4.703807971513295E-09,
        -2.217862205692927E-10,
        -4.177600464144108E-10,
        2.974668243855195E-10,
        -1.4299984666516175E-10,
        5.7118191969134475E-11,
        -1.9884559022047535E-11,
        6.023621206752067E-12,
        -1.506133166982622E-12,
        2.459551604493614E-13,
        2.4839179447939826E-14,
        -4.704950301979409E-14,
        2.8015685222103142E-14,
        -1.2661383493669308E-14,
        4.877474083059274E-15,
        -1.6441868853349673E-15,
        4.772914960145639E-16,
        -1.0961964320918574E-16,
        1.2508131743424723E-17,
        5.587579290652604E-18,
        -5.323429475912015E-18
    };
    private static final double TAIL_FROM = -0.6719122862364142;
    private static final double TAIL_TO = 0.6417910447761194;

    /** 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
    public static double erf(double x) {
        double a = Math.abs(x);
        if (a <= 1) {
            return x * Series.chebyshev(ERF, 2 * a * a - 1);
        }
        return Math.copySign(1 - positiveErfc(a), x);
    }

    /** 1 - erf(x), without cancellation for positive x. */
    public static double erfc(double x) {
        if (x < 1 && x > -1) {
            return x < 0.5 ? 1 - erf(x) : positiveErfc(x);
        }
        return x < 0 ? 2 - positiveErfc(-x) : positiveErfc(x);
    }

    /** exp(x^2) erfc(x), which stays finite where erfc vanishes. */
    public static double erfcx(double x) {
        return x < 0 ? 2 * expSquare(x, 1) - positiveErfcx(-x) : positiveErfcx(x);
    }

    /** The x with erf(x) = y: infinite at -1 and 1, NaN beyond. */
    public static double erfinv(double y) {
        double a = Math.abs(y);
        if (a <= 0.75) {
            return y * Series.chebyshev(ERFINV, 2 * a * a / 0.5625 - 1);
        }
        return Math.copySign(erfcinvTail(1 - a), y);
    }

    /** The x with erfc(x) = q for q in [0, 1/4]: infinite at 0, NaN below. */
    static double erfcinvTail(double q) {
        if (q == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double s = StrictMath.sqrt(-StrictMath.log(q));
        double u = (s - 6) / (s + 6);
        return s * Series.chebyshev(ERFCINV, 2 * (u - TAIL_FROM) / (TAIL_TO - TAIL_FROM) - 1);
    }

    private static double positiveErfc(double x) {
        return x > 28 ? 0 : positiveErfcx(x) * expSquare(x, -1);
    }

    private static double positiveErfcx(double x) {
        if (x > 1e15) {
            return 1 / SQRT_PI / x;
        }
        return Series.chebyshev(ERFCX, (x - 3.75) / (x + 3.75)) / (1 + 2 * x);
    }

    /** exp(sign x^2), with the rounding error of the square put back. */
    private static double expSquare(double x, int sign) {
        double square = x * x;
        double power = StrictMath.exp(sign * square);
        return power == 0 || Double.isInfinite(power) ? power : power + power * sign * Math.fma(x, x, -square);
    }

    /** The same in C, after {@link Series#c}; erf and erfc are C's. */
    public static String c() {
        return Series.table("ERFCX", ERFCX)
                + Series.table("ERFINV", ERFINV)
                + Series.table("ERFCINV", ERFCINV)
                + Series.table("TAIL", TAIL_FROM, TAIL_TO)
                + """
                INLINE W sf_exp_square(W x, W sign) {
                    W square = x * x;
                    W power = exp(sign * square);
                    return power == 0 || power == W_INFINITY ? power : power + power * sign * fma(x, x, -square);
                }
                INLINE W sf_positive_erfcx(W x) {
                    return x > 1e15 ? 0.56418958354775628695 / x : CHEBYSHEV(ERFCX, (x - 3.75) / (x + 3.75)) / (1 + 2 * x);
                }
                INLINE W sf_erfcx(W x) {
                    return x < 0 ? 2 * sf_exp_square(x, 1) - sf_positive_erfcx(-x) : sf_positive_erfcx(x);
                }
                INLINE W sf_erfcinv_tail(W q) {
                    W s = sqrt(-log(q));
                    W u = (s - 6) / (s + 6);
                    return q == 0 ? W_INFINITY : s * CHEBYSHEV(ERFCINV, 2 * (u - TAIL[0]) / (TAIL[1] - TAIL[0]) - 1);
                }
                INLINE W sf_erfinv(W y) {
                    W a = fabs(y);
                    return a <= 0.75 ? y * CHEBYSHEV(ERFINV, 2 * a * a / 0.5625 - 1) : copysign(sf_erfcinv_tail(1 - a), y);
                }
                """;
    }
}

package io.flambeau.tensor.internal.special;

/** The logarithm of the gamma function, its derivatives, and the Hurwitz zeta function. */
public final class Gamma {
    private static final double HALF_LOG_TWO_PI = 0.91893853320467274178;
    private static final double LOG_PI = 1.1447298858494001741;

    private Gamma() {}

    // log(gamma(x)) / ((x - 1)(x - 2)) with t = x - 1.75, x in [0.75, 2.75].
    private static final double[] LGAMMA = {
        0.4765439350046888,
        -0.13718104605005443,
        0.027952203944246856,
        -0.006560136509739029,
        0.0016581695771470922,
        -0.0004381830584422672,
        0.00011921024895127895,
        -3.309695596257723E-05,
        9.326939259429468E-06,
        -2.6585769732214094E-06,
        7.646928687764432E-07,
        -2.2157619853262335E-07,
        6.459859674690878E-08,
        -1.8931425257708437E-08,
        5.573019623077092E-09,
        -1.6470095801073615E-09,
        4.884256427974655E-10,
        -1.4528859174573847E-10,
        4.333676322281121E-11,
        -1.295853247427128E-11,
        3.8835513235463435E-12,
        -1.1662439018694372E-12,
        3.5088219988105323E-13,
        -1.0574960640813453E-13,
        3.192150410274377E-14,
        -9.64991341844512E-15,
        2.9211437840806793E-15,
        -8.853820384439309E-16,
        2.6867034087843283E-16,
        -8.161812498000414E-17,
        2.481996474198052E-17,
        -7.555025550232497E-18,
        2.3017914022113796E-18
    };

    // digamma(x) / (x - root) with t = 2x - 3, x in [1, 2]; the positive root in two parts.
    private static final double[] DIGAMMA = {
        0.983570260441567,
        -0.2270640863346444,
        0.03336889902393011,
        -0.005320077271596548,
        0.0008788656937820505,
        -0.00014773492650606044,
        2.5060543468359146E-05,
        -4.2721034029993324E-06,
        7.302769272465923E-07,
        -1.2502886813559594E-07,
        2.1425009322359472E-08,
        -3.673295918565179E-09,
        6.299717236108931E-10,
        -1.080593028883266E-10,
        1.853735192053638E-11,
        -3.18023536582553E-12,
        5.456147570322795E-13,
        -9.360993131036438E-14,
        1.606064636295075E-14,
        -2.7555431377438815E-15,
        4.727736178601912E-16,
        -8.11148420346509E-17,
        1.391707769474154E-17
    };
    private static final double ROOT = 1.4616321449683622;
    private static final double ROOT_LOW = 9.549995429965697E-17;

    // B_2k / (2k (2k - 1)): Stirling's series, Abramowitz and Stegun 6.1.40.
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400
    };

    // B_2k / (2k): Abramowitz and Stegun 6.3.18.
    private static final double[] DIGAMMA_TAIL = {
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160
    };

    // B_2k: Abramowitz and Stegun table 23.2.
    private static final double[] BERNOULLI = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510
    };

    // (2k)! / B_2k: the Euler-Maclaurin terms of the zeta function.
    private static final double[] EULER_MACLAURIN = {
        12.0,
        -720.0,
        30240.0,
        -1209600.0,
        47900160.0,
        -1307674368000.0 / 691,
        74724249600.0,
        -10670622842880000.0 / 3617,
        5109094217170944000.0 / 43867,
        -802857662698291200000.0 / 174611,
        14101100039391805440000.0 / 77683,
        -1693824136731743669452800000.0 / 236364091
    };

    /** log |gamma(x)|; infinite at 0, the negative integers and both infinities. */
    public static double lgamma(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Double.isInfinite(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x <= 0) {
            if (x == StrictMath.floor(x)) {
                return Double.POSITIVE_INFINITY;
            }
            if (x > -1e-16) {
                return -StrictMath.log(-x);
            }
            return LOG_PI - StrictMath.log(Math.abs(sinPi(x) * x)) - lgamma(-x);
        }
        if (x < 0.75) {
            return lgammaNearOne(x + 1) - StrictMath.log(x);
        }
        if (x <= 2.75) {
            return lgammaNearOne(x);
        }
        if (x < 10) {
            double product = 1;
            double z = x;
            while (z > 2.75) {
                z -= 1;
                product *= z;
            }
            return StrictMath.log(product) + lgammaNearOne(z);
        }
        double correction = x > 1e9 ? 1 / (12 * x) : Series.power(STIRLING, 1 / (x * x)) / x;
        return (x - 0.5) * (StrictMath.log(x) - 1) + (HALF_LOG_TWO_PI - 0.5 + correction);
    }

    private static double lgammaNearOne(double x) {
        return (x - 1) * (x - 2) * Series.chebyshev(LGAMMA, x - 1.75) + 0.0;
    }

    /** gamma(a) exp(a) a^(1/2 - a) / sqrt(2 pi) for a at least 10: what Stirling's formula leaves out. */
    static double stirlingFactor(double a) {
        return StrictMath.exp(Series.power(STIRLING, 1 / (a * a)) / a);
    }

    /** The derivative of lgamma; infinite with the opposite sign at zeros, NaN at negative integers. */
    public static double digamma(double x) {
        if (x == 0) {
            return Math.copySign(Double.POSITIVE_INFINITY, -x);
        }
        if (x == Double.POSITIVE_INFINITY || Double.isNaN(x)) {
            return x;
        }
        if (x < 0) {
            if (x == StrictMath.floor(x)) {
                return Double.NaN;
            }
            return digamma(1 - x) - Math.PI / tanPi(x);
        }
        double shift = 0;
        double z = x;
        if (z < 1) {
            shift = -1 / z;
            z += 1;
        }
        if (z >= 10) {
            double r = 1 / (z * z);
            return StrictMath.log(z) - 0.5 / z - r * Series.power(DIGAMMA_TAIL, r);
        }
        while (z > 2) {
            z -= 1;
            shift += 1 / z;
        }
        return shift + (z - ROOT - ROOT_LOW) * Series.chebyshev(DIGAMMA, 2 * z - 3);
    }

    /** The second derivative of lgamma. */
    public static double trigamma(double x) {
        if (x < 0.5) {
            // As in PyTorch, pi x is rounded, so that it is huge at negative integers, not infinite.
            double s = Math.PI / StrictMath.sin(Math.PI * x);
            return s * s - trigamma(1 - x);
        }
        double sum = 0;
        double z = x;
        while (z < 12) {
            sum += 1 / (z * z);
            z += 1;
        }
        double r = 1 / (z * z);
        return sum + (1 + 0.5 / z + r * Series.power(BERNOULLI, r)) / z;
    }

    /** The same of a float, pi x rounded to one. */
    public static float trigamma(float x) {
        if (x < 0.5f) {
            float s = (float) StrictMath.sin((float) Math.PI * x);
            return (float) (Math.PI * Math.PI / ((double) s * s) - trigamma(1.0 - x));
        }
        return (float) trigamma((double) x);
    }

    /** The n-th derivative of digamma, n at least 0. */
    public static double polygamma(int n, double x) {
        if (n == 0) {
            return digamma(x);
        }
        if (n == 1) {
            return trigamma(x);
        }
        double value = factorial(n) * zeta(n + 1.0, x);
        return n % 2 == 0 ? -value : value;
    }

    /** n!, infinite beyond 170. */
    public static double factorial(int n) {
        double product = 1;
        for (int k = 2; k <= n && product < Double.POSITIVE_INFINITY; k++) {
            product *= k;
        }
        return product;
    }

    /**
     * The Hurwitz zeta function, the sum of (k + q)^-x over k from 0, by the Euler-Maclaurin formula (DLMF 25.11.28).
     * NaN below x = 1, infinite at x = 1 and at the poles q = 0, -1, -2, ...
     */
    public static double zeta(double x, double q) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 1) {
            return Double.NaN;
        }
        if (q <= 0) {
            if (q == StrictMath.floor(q)) {
                return Double.POSITIVE_INFINITY;
            }
            if (x != StrictMath.floor(x)) {
                return Double.NaN;
            }
        }
        double sum = Elementary.pow(q, -x);
        double a = q;
        double term = 0;
        for (int i = 0; i < 9 || a <= 9; i++) {
            a += 1;
            term = Elementary.pow(a, -x);
            sum += term;
            if (Math.abs(term / sum) < 0x1p-53) {
                return sum;
            }
        }
        sum += term * a / (x - 1) - 0.5 * term;
        double factor = 1;
        double k = 0;
        for (double denominator : EULER_MACLAURIN) {
            factor *= x + k;
            term /= a;
            double delta = factor * term / denominator;
            sum += delta;
            if (Math.abs(delta / sum) < 0x1p-53) {
                return sum;
            }
            k += 1;
            factor *= x + k;
            term /= a;
            k += 1;
        }
        return sum;
    }

    /** sin(pi x), exactly zero at the integers. */
    static double sinPi(double x) {
        double r = x - 2 * StrictMath.rint(0.5 * x);
        if (Math.abs(r) > 0.5) {
            r = Math.copySign(1, r) - r;
        }
        return StrictMath.sin(Math.PI * r);
    }

    private static double tanPi(double x) {
        double r = x - StrictMath.rint(x);
        return StrictMath.tan(Math.PI * r);
    }

    /** The same in C, after {@link Series#c}; lgamma is C's. */
    public static String c() {
        return Series.table("DIGAMMA", DIGAMMA)
                + Series.table("DIGAMMA_ROOT", ROOT, ROOT_LOW)
                + Series.table("DIGAMMA_TAIL", DIGAMMA_TAIL)
                + Series.table("STIRLING", STIRLING)
                + Series.table("BERNOULLI", BERNOULLI)
                + Series.table("EULER_MACLAURIN", EULER_MACLAURIN)
                + """
                INLINE W sf_stirling_factor(W a) { return exp(POWER(STIRLING, 1 / (a * a)) / a); }
                INLINE W sf_positive_digamma(W x) {
                    W shift = x < 1 ? -1 / x : 0;
                    W z = x < 1 ? x + 1 : x;
                    if (z >= 10) {
                        W r = 1 / (z * z);
                        return log(z) - 0.5 / z - r * POWER(DIGAMMA_TAIL, r);
                    }
                    while (z > 2) {
                        z -= 1;
                        shift += 1 / z;
                    }
                    return shift + (z - DIGAMMA_ROOT[0] - DIGAMMA_ROOT[1]) * CHEBYSHEV(DIGAMMA, 2 * z - 3);
                }
                INLINE W sf_digamma(W x) {
                    if (x == 0) {
                        return copysign(W_INFINITY, -x);
                    }
                    if (x == W_INFINITY || x != x) {
                        return x;
                    }
                    if (x < 0) {
                        return x == floor(x) ? W_NAN : sf_positive_digamma(1 - x) - PI / tan(PI * (x - rint(x)));
                    }
                    return sf_positive_digamma(x);
                }
                INLINE W sf_upper_trigamma(W x) {
                    W sum = 0;
                    W z = x;
                    for (; z < 12; z += 1) {
                        sum += 1 / (z * z);
                    }
                    W r = 1 / (z * z);
                    return sum + (1 + 0.5 / z + r * POWER(BERNOULLI, r)) / z;
                }
                /* pi x is rounded to the operand's type. */
                INLINE W sf_trigamma(R x) {
                    R angle = (R)PI * x;
                    W s = (R)sin((W)angle);
                    return x < (R)0.5 ? PI * PI / (s * s) - sf_upper_trigamma(1 - (W)x) : sf_upper_trigamma(x);
                }
                INLINE W sf_zeta(W x, W q) {
                    if (x == 1) {
                        return W_INFINITY;
                    }
                    if (x < 1) {
                        return W_NAN;
                    }
                    if (q <= 0 && q == floor(q)) {
                        return W_INFINITY;
                    }
                    if (q <= 0 && x != floor(x)) {
                        return W_NAN;
                    }
                    W sum = pow(q, -x);
                    W a = q;
                    W term = 0;
                    for (i32 i = 0; i < 9 || a <= 9; i++) {
                        a += 1;
                        term = pow(a, -x);
                        sum += term;
                        if (fabs(term / sum) < W_UNIT) {
                            return sum;
                        }
                    }
                    sum += term * a / (x - 1) - 0.5 * term;
                    W factor = 1;
                    for (i32 k = 0; k < EULER_MACLAURIN_COUNT; k++) {
                        factor *= x + 2 * k;
                        term /= a;
                        W delta = factor * term / EULER_MACLAURIN[k];
                        sum += delta;
                        if (fabs(delta / sum) < W_UNIT) {
                            return sum;
                        }
                        factor *= x + (2 * k + 1);
                        term /= a;
                    }
                    return sum;
                }
                """;
    }
}

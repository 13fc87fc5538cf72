package io.flambeau.tensor.internal.special;

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).
 *
 * <p>Three regions: the power series of P (DLMF 8.7.1) for small x, the continued fraction of Q (DLMF 8.9.2, by
 * Lentz) for large x, and Temme's
 * uniform expansion where a is large and x near a (SIAM J. Math. Anal. 10, 1979; DLMF 8.12).
 */
public final class IncompleteGamma {
    private static final double SQRT_TWO_PI = 2.5066282746310005024;
    private static final int MAX_TERMS = 2000;

    private IncompleteGamma() {}

    // Taylor coefficients of f(eta) = eta / (lambda - 1), where eta^2 / 2 = lambda - 1 - log(lambda).
    private static final double[] TEMME = {
        1.0,
        -0.3333333333333333,
        0.08333333333333333,
        -0.014814814814814815,
        0.0011574074074074073,
        0.0003527336860670194,
        -0.0001787551440329218,
        3.919263178522438E-05,
        -2.185448510679992E-06,
        -1.85406221071516E-06,
        8.296711340953087E-07,
        -1.7665952736826078E-07,
        6.707853543401498E-09,
        1.0261809784240309E-08,
        -4.382036018453353E-09,
        9.14769958223679E-10,
        -2.5514193994946248E-11,
        -5.830772132550426E-11,
        2.4361948020667415E-11,
        -5.0276692801141755E-12,
        1.1004392031956135E-13,
        3.371763262400985E-13,
        -1.392388722418162E-13,
        2.8534893807047445E-14,
        -5.139111834242572E-16,
        -1.9752288294349442E-15,
        8.099521156704561E-16,
        -1.6522531216398162E-16,
        2.5305430097478883E-18,
        1.1686939738559576E-17
    };

    /** P(a, x): the integral of t^(a-1) exp(-t) / gamma(a) from 0 to x. */
    public static double igamma(double a, double x) {
        if (x < 0 || a < 0) {
            return Double.NaN;
        }
        if (a == 0) {
            return x > 0 ? 1 : Double.NaN;
        }
        if (x == 0) {
            return 0;
        }
        if (Double.isInfinite(a)) {
            return Double.isInfinite(x) ? Double.NaN : 0;
        }
        if (Double.isInfinite(x)) {
            return 1;
        }
        if (uniform(a, x)) {
            return temme(a, x, -1);
        }
        return x <= 1 || x <= a ? series(a, x) : 1 - upper(a, x);
    }

    /** Q(a, x): the integral of t^(a-1) exp(-t) / gamma(a) from x to infinity. */
    public static double igammac(double a, double x) {
        if (x < 0 || a < 0) {
            return Double.NaN;
        }
        if (a == 0) {
            return x > 0 ? 0 : Double.NaN;
        }
        if (x == 0) {
            return 1;
        }
        if (Double.isInfinite(a)) {
            return Double.isInfinite(x) ? Double.NaN : 1;
        }
        if (Double.isInfinite(x)) {
            return 0;
        }
        if (uniform(a, x)) {
            return temme(a, x, 1);
        }
        return upper(a, x);
    }

    private static double upper(double a, double x) {
        if (x > 1.1) {
            return x < a ? 1 - series(a, x) : fraction(a, x);
        }
        // Below x = 1.1 the fraction is slow; 1 - P cancels only where P is near 1, that is for small a.
        return a > 0.3 && x < a ? 1 - series(a, x) : smallUpper(a, x);
    }

    private static boolean uniform(double a, double x) {
        double distance = Math.abs(x - a) / a;
        return a > 20 && (distance < 0.3 || a > 200 && distance < 4.5 / StrictMath.sqrt(a));
    }

    /** x^a exp(-x) / gamma(a + 1). */
    private static double prefactor(double a, double x) {
        if (a < 10) {
            return StrictMath.exp(a * StrictMath.log(x) - x - Gamma.lgamma(a + 1));
        }
        double exponent = -a * halfEtaSquared(x / a, (x - a) / a);
        return StrictMath.exp(exponent) / (SQRT_TWO_PI * StrictMath.sqrt(a) * Gamma.stirlingFactor(a));
    }

    private static double series(double a, double x) {
        double term = 1;
        double sum = 1;
        double k = a;
        for (int i = 0; i < MAX_TERMS && term > sum * 0x1p-54; i++) {
            k += 1;
            term *= x / k;
            sum += term;
        }
        return sum * prefactor(a, x);
    }

    private static double fraction(double a, double x) {
        double scale = prefactor(a, x) * a;
        if (scale == 0) {
            return 0;
        }
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < MAX_TERMS; i++) {
            double an = -i * (i - a);
            b += 2;
            d = nonZero(an * d + b);
            c = nonZero(b + an / c);
            d = 1 / d;
            double delta = d * c;
            h *= delta;
            if (Math.abs(delta - 1) < 0x1p-53) {
                break;
            }
        }
        return h * scale;
    }

    private static double nonZero(double x) {
        return x == 0 ? 1e-300 : x;
    }

    /** Q for small x and a: -(x^a - 1 summand) - x^a sum (-x)^k / ((a + k) k!) over gamma(a), from DLMF 8.7.3. */
    private static double smallUpper(double a, double x) {
        double logX = StrictMath.log(x);
        double lg = Gamma.lgamma(1 + a);
        double sum = 0;
        double factor = 1;
        for (int k = 1; k < MAX_TERMS; k++) {
            factor *= -x / k;
            double term = factor / (a + k);
            sum += term;
            if (Math.abs(term) <= 0x1p-54 * Math.abs(sum)) {
                break;
            }
        }
        return -StrictMath.expm1(a * logX - lg) - a * StrictMath.exp(a * logX - lg) * sum;
    }

    /**
     * Q (sign 1) or P (sign -1); the b_n satisfy b_(n-1) = f_n + (n + 1) b_(n+1) / a, which follows by
     * differentiating Q(a, a lambda(eta)).
     */
    private static double temme(double a, double x, int sign) {
        double mu = (x - a) / a;
        double half = halfEtaSquared(x / a, mu);
        double eta = Math.copySign(StrictMath.sqrt(2 * half), mu);
        double above = 0;
        double upper = 0;
        double sum = 0;
        double first = 0;
        for (int n = TEMME.length - 1; n > 0; n--) {
            double b = TEMME[n] + (n + 1) * above / a;
            above = upper;
            upper = b;
            sum = sum * eta + b;
            first = above;
        }
        double remainder = StrictMath.exp(-a * half) / (SQRT_TWO_PI * StrictMath.sqrt(a)) * sum / (1 + first / a);
        return 0.5 * Erf.erfc(sign * eta * StrictMath.sqrt(0.5 * a)) + sign * remainder;
    }

    /** lambda - 1 - log(lambda), with mu = lambda - 1 given apart. */
    private static double halfEtaSquared(double lambda, double mu) {
        if (Math.abs(mu) > 0.4) {
            return mu - StrictMath.log(lambda);
        }
        // With r = mu / (2 + mu), log(1 + mu) = 2 (r + r^3/3 + r^5/5 + ...) and mu - 2r = mu r: no cancellation.
        double r = mu / (2 + mu);
        double square = r * r;
        double sum = 0;
        for (int k = 41; k >= 3; k -= 2) {
            sum = sum * square + 1.0 / k;
        }
        return r * (mu - 2 * square * sum);
    }

    /** The same in C, after {@link Gamma#c}. */
    public static String c() {
        return Series.table("TEMME", TEMME) + "#define MAX_TERMS " + MAX_TERMS + "\n" + """
                #define SQRT_TWO_PI 2.5066282746310005024
                INLINE W sf_half_eta_squared(W lambda, W mu) {
                    if (fabs(mu) > 0.4) {
                        return mu - log(lambda);
                    }
                    W r = mu / (2 + mu);
                    W square = r * r;
                    W sum = 0;
                    for (i32 k = 41; k >= 3; k -= 2) {
                        sum = sum * square + (W)1 / k;
                    }
                    return r * (mu - 2 * square * sum);
                }
                INLINE W sf_prefactor(W a, W x) {
                    if (a < 10) {
                        return exp(a * log(x) - x - lgamma(a + 1));
                    }
                    W exponent = -a * sf_half_eta_squared(x / a, (x - a) / a);
                    return exp(exponent) / (SQRT_TWO_PI * sqrt(a) * sf_stirling_factor(a));
                }
                INLINE W sf_igamma_series(W a, W x) {
                    W term = 1;
                    W sum = 1;
                    W k = a;
                    for (i32 i = 0; i < MAX_TERMS && term > sum * (W_UNIT / 2); i++) {
                        k += 1;
                        term *= x / k;
                        sum += term;
                    }
                    return sum * sf_prefactor(a, x);
                }
                INLINE W sf_igamma_fraction(W a, W x) {
                    W scale = sf_prefactor(a, x) * a;
                    W b = x + 1 - a;
                    W c = W_HUGE;
                    W d = 1 / b;
                    W h = d;
                    W delta = 0;
                    for (i32 i = 1; i < MAX_TERMS && !(fabs(delta - 1) < W_UNIT); i++) {
                        W an = -i * (i - a);
                        b += 2;
                        d = an * d + b;
                        c = b + an / c;
                        c = c == 0 ? W_TINY : c;
                        d = 1 / (d == 0 ? W_TINY : d);
                        delta = d * c;
                        h *= delta;
                    }
                    return scale == 0 ? 0 : h * scale;
                }
                INLINE W sf_igamma_small(W a, W x) {
                    W power = a * log(x) - lgamma(1 + a);
                    W sum = 0;
                    W factor = 1;
                    for (i32 k = 1; k < MAX_TERMS; k++) {
                        factor *= -x / k;
                        W term = factor / (a + k);
                        sum += term;
                        if (fabs(term) <= W_UNIT / 2 * fabs(sum)) {
                            break;
                        }
                    }
                    return -expm1(power) - a * exp(power) * sum;
                }
                INLINE W sf_igamma_temme(W a, W x, i32 sign) {
                    W mu = (x - a) / a;
                    W half_square = sf_half_eta_squared(x / a, mu);
                    W eta = copysign(sqrt(2 * half_square), mu);
                    W above = 0;
                    W upper = 0;
                    W sum = 0;
                    for (i32 n = TEMME_COUNT - 1; n > 0; n--) {
                        W b = TEMME[n] + (n + 1) * above / a;
                        above = upper;
                        upper = b;
                        sum = sum * eta + b;
                    }
                    W remainder = exp(-a * half_square) / (SQRT_TWO_PI * sqrt(a)) * sum / (1 + above / a);
                    return 0.5 * erfc(sign * eta * sqrt(0.5 * a)) + sign * remainder;
                }
                /* P with sign -1, Q with 1, each from the form that does not cancel. */
                INLINE W sf_igamma_of(W a, W x, i32 sign) {
                    bool lower = sign < 0;
                    if (x < 0 || a < 0) {
                        return W_NAN;
                    }
                    if (a == 0) {
                        return x > 0 ? (W)lower : W_NAN;
                    }
                    if (x == 0) {
                        return !lower;
                    }
                    if (a == W_INFINITY) {
                        return x == W_INFINITY ? W_NAN : (W)!lower;
                    }
                    if (x == W_INFINITY) {
                        return lower;
                    }
                    W distance = fabs(x - a) / a;
                    if (a > 20 && (distance < 0.3 || (a > 200 && distance < 4.5 / sqrt(a)))) {
                        return sf_igamma_temme(a, x, sign);
                    }
                    if (lower ? x <= 1 || x <= a : x < a && (x > 1.1 || a > 0.3)) {
                        W below = sf_igamma_series(a, x);
                        return lower ? below : 1 - below;
                    }
                    W over = x > 1.1 ? sf_igamma_fraction(a, x) : sf_igamma_small(a, x);
                    return lower ? 1 - over : over;
                }
                """;
    }
}

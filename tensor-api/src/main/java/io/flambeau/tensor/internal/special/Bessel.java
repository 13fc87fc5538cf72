package io.flambeau.tensor.internal.special;

/**
 * Bessel functions of orders 0 and 1: of the first and second kind and the spherical one.
 *
 * <p>Up to 8 a Chebyshev series from which the zeros inside are divided out; beyond, Hankel's form with slowly
 * varying amplitudes P and Q
 * (Abramowitz and Stegun 9.2.5, 9.2.6; the split at 8 is that of Hart, Computer Approximations, 1968).
 */
public final class Bessel {
    private static final double SQRT_PI = 1.7724538509055160273;
    private static final double TWO_OVER_PI = 0.63661977236758134308;

    private Bessel() {}

    // J0(x) / ((x^2 - a^2)(x^2 - b^2)) with t = x^2 / 32 - 1, x in [0, 8]; zeros a and b in two parts.
    private static final double[] J0_SMALL = {
        0.0019903555001601486, -0.002620939138497025, 0.0008687721472062577, -0.00017040584951557357,
        2.204908639454817E-05, -2.0248894980012834E-06, 1.3898025173428905E-07, -7.406701254344167E-09,
        3.1559927583611334E-10, -1.1003860827939697E-11, 3.1989232970233477E-13, -7.875041254709154E-15,
        1.6632588015211278E-16, -3.0475993756698376E-18, 4.8912290055811176E-20
    };
    private static final double[] J0_ZEROS = {
        2.404825557695773, -1.176691651530894e-16, 5.520078110286311, 8.088597146146722e-17
    };

    // J1(x) / (x (x^2 - a^2)(x^2 - b^2)), the same way.
    private static final double[] J1_SMALL = {
        0.00027895709887613106, -0.0003115684036643562, 8.553646588540538E-05, -1.4149356425623485E-05,
        1.576470099225889E-06, -1.269075502369425E-07, 7.747614077073057E-09, -3.716577146675772E-10,
        1.4395417669312554E-11, -4.60007822413452E-13, 1.2341465589619718E-14, -2.8205466239524856E-16,
        5.558821065951572E-18, -9.546930865755219E-20, 1.4418291781315051E-21
    };
    private static final double[] J1_ZEROS = {
        3.8317059702075125, -1.5269184090088067e-16, 7.015586669815619, -9.414165653410389e-17
    };

    // Y0(x) - 2/pi log(x) J0(x) with t = x^2 / 32 - 1, x in (0, 8].
    private static final double[] Y0_SMALL = {
        -0.03314611320328494,
        -0.2744743055297453,
        0.17903431407718265,
        0.26156734625504663,
        -0.17730201278114358,
        0.04719668959576339,
        -0.007287962479552079,
        0.0007531135932577742,
        -5.632079141056987E-05,
        3.206532537654801E-06,
        -1.44072332740187E-07,
        5.248794787330516E-09,
        -1.5837552541812015E-10,
        4.02633081830612E-12,
        -8.747341203310769E-14,
        1.6434898714919468E-15,
        -2.6977881152566837E-17
    };

    // (Y1(x) - 2/pi (log(x) J1(x) - 1/x)) / x, the same way.
    private static final double[] Y1_SMALL = {
        0.0025380132357417816,
        -0.01608717304766875,
        -0.09591204536083074,
        0.08445197259652346,
        -0.028328123944594365,
        0.005289897544167113,
        -0.0006414551451326356,
        5.505982873338744E-05,
        -3.53808001868935E-06,
        1.7707804556154404E-07,
        -7.11055004989928E-09,
        2.344337905911516E-10,
        -6.4651518414115946E-12,
        1.51429151205002E-13,
        -3.0511859694473254E-15,
        5.34668038572867E-17,
        -8.224911372021585E-19
    };

    // Amplitudes with t = 128 / x^2 - 1, x in [8, inf): P0, x Q0, P1, x Q1.
    private static final double[] P0 = {
        0.9994603493475187, -0.0005365220468132117, 3.0751847875194745E-06, -5.1705945376060975E-08,
        1.6306464635151382E-09, -7.86409137723707E-11, 5.168262387349193E-12, -4.3045788699253914E-13,
        4.3265957431549404E-14, -5.069034095935236E-15, 6.748072215733873E-16, -1.0011513723467786E-16,
        1.6305919233744186E-17
    };
    private static final double[] Q0 = {
        -0.12444683684269607, 0.0005470815954089319, -5.9315987288485175E-06, 1.4377965798375193E-07,
        -5.817532749493056E-09, 3.376097523734991E-10, -2.565397936797308E-11, 2.404916100281365E-12,
        -2.6690625482579414E-13, 3.4041800321963686E-14, -4.87994410531204E-15, 7.729703176242605E-16,
        -1.3348852171502517E-16, 2.4865952389390515E-17, -4.952892629886516E-18, 1.0473158973776097E-18
    };
    private static final double[] P1 = {
        1.0009030408600137,
        0.0008989898330859408,
        -3.987284300488908E-06,
        6.177633960644299E-08,
        -1.8718907491063067E-09,
        8.816898659582339E-11,
        -5.704863640395645E-12,
        4.699195515230542E-13,
        -4.6842237839904895E-14,
        5.452674896044717E-15,
        -7.221180842274018E-16,
        1.0667689114335412E-16,
        -1.7312313216116335E-17
    };
    private static final double[] Q1 = {
        0.3742222965562826, -0.0007702178839325664, 7.3108922063643636E-06, -1.676782510726674E-07,
        6.583354662120443E-09, -3.749090950541556E-10, 2.8121750359748866E-11, -2.61145253946232E-12,
        2.8774212663332235E-13, -3.649001916061838E-14, 5.206626366226707E-15, -8.215318025458595E-16,
        1.4141084390211833E-16, -2.626761589838529E-17, 5.2192649196714085E-18
    };

    /** J0; NaN at the infinities, as PyTorch. */
    public static double j0(double x) {
        double a = Math.abs(x);
        return a <= 8 ? smallJ(J0_SMALL, J0_ZEROS, a) : hankel(a, amplitude(P0, a), -amplitude(Q0, a) / a);
    }

    /** J1. */
    public static double j1(double x) {
        double a = Math.abs(x);
        if (a <= 8) {
            return a < 1e-9 ? x / 2 : x * smallJ(J1_SMALL, J1_ZEROS, a);
        }
        double value = hankel(a, amplitude(Q1, a) / a, amplitude(P1, a));
        return x < 0 ? -value : value;
    }

    /** Y0: -inf at 0, NaN below. */
    public static double y0(double x) {
        if (x == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x <= 8) {
            return TWO_OVER_PI * StrictMath.log(x) * smallJ(J0_SMALL, J0_ZEROS, x)
                    + Series.chebyshev(Y0_SMALL, x * x / 32 - 1);
        }
        return hankel(x, amplitude(Q0, x) / x, amplitude(P0, x));
    }

    /** Y1: -inf at 0, NaN below. */
    public static double y1(double x) {
        if (x == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x <= 8) {
            return TWO_OVER_PI * (StrictMath.log(x) * x * smallJ(J1_SMALL, J1_ZEROS, x) - 1 / x)
                    + x * Series.chebyshev(Y1_SMALL, x * x / 32 - 1);
        }
        return hankel(x, -amplitude(P1, x), amplitude(Q1, x) / x);
    }

    /** sin(x) / x, 1 at 0, 0 at the infinities. */
    public static double sphericalJ0(double x) {
        if (Double.isInfinite(x)) {
            return 0;
        }
        return Math.abs(x) < 1e-8 ? 1 : StrictMath.sin(x) / x;
    }

    private static double smallJ(double[] table, double[] zeros, double x) {
        double first = (x - zeros[0] - zeros[1]) * (x + zeros[0]);
        double second = (x - zeros[2] - zeros[3]) * (x + zeros[2]);
        return first * second * Series.chebyshev(table, x * x / 32 - 1);
    }

    private static double amplitude(double[] table, double x) {
        return Series.chebyshev(table, 128 / (x * x) - 1);
    }

    /** sqrt(2 / (pi x)) (c cos(x - pi/4) + s sin(x - pi/4)), without rounding x - pi/4. */
    private static double hankel(double x, double c, double s) {
        double cos = StrictMath.cos(x);
        double sin = StrictMath.sin(x);
        return (c * (cos + sin) + s * (sin - cos)) / (SQRT_PI * StrictMath.sqrt(x));
    }

    /** The same in C, after {@link Series#c}. */
    public static String c() {
        return Series.table("J0_SMALL", J0_SMALL)
                + Series.table("J0_ZEROS", J0_ZEROS)
                + Series.table("J1_SMALL", J1_SMALL)
                + Series.table("J1_ZEROS", J1_ZEROS)
                + Series.table("Y0_SMALL", Y0_SMALL)
                + Series.table("Y1_SMALL", Y1_SMALL)
                + Series.table("P0", P0)
                + Series.table("Q0", Q0)
                + Series.table("P1", P1)
                + Series.table("Q1", Q1)
                + """
                #define TWO_OVER_PI 0.63661977236758134308
                #define SMALL_J(table, zeros, x) (((x) - zeros[0] - zeros[1]) * ((x) + zeros[0]) * \\
                    (((x) - zeros[2] - zeros[3]) * ((x) + zeros[2])) * CHEBYSHEV(table, (x) * (x) / 32 - 1))
                #define AMPLITUDE(table, x) CHEBYSHEV(table, 128 / ((x) * (x)) - 1)
                INLINE W sf_hankel(W x, W c, W s) {
                    W cosine = cos(x);
                    W sine = sin(x);
                    return (c * (cosine + sine) + s * (sine - cosine)) / (1.7724538509055160273 * sqrt(x));
                }
                INLINE W sf_j0(W x) {
                    W a = fabs(x);
                    return a <= 8 ? SMALL_J(J0_SMALL, J0_ZEROS, a) : sf_hankel(a, AMPLITUDE(P0, a), -AMPLITUDE(Q0, a) / a);
                }
                INLINE W sf_j1(W x) {
                    W a = fabs(x);
                    if (a <= 8) {
                        return a < 1e-9 ? x / 2 : x * SMALL_J(J1_SMALL, J1_ZEROS, a);
                    }
                    W value = sf_hankel(a, AMPLITUDE(Q1, a) / a, AMPLITUDE(P1, a));
                    return x < 0 ? -value : value;
                }
                INLINE W sf_y0(W x) {
                    if (x == 0) {
                        return -W_INFINITY;
                    }
                    return x <= 8
                        ? TWO_OVER_PI * log(x) * SMALL_J(J0_SMALL, J0_ZEROS, x) + CHEBYSHEV(Y0_SMALL, x * x / 32 - 1)
                        : sf_hankel(x, AMPLITUDE(Q0, x) / x, AMPLITUDE(P0, x));
                }
                INLINE W sf_y1(W x) {
                    if (x == 0) {
                        return -W_INFINITY;
                    }
                    return x <= 8
                        ? TWO_OVER_PI * (log(x) * x * SMALL_J(J1_SMALL, J1_ZEROS, x) - 1 / x)
                            + x * CHEBYSHEV(Y1_SMALL, x * x / 32 - 1)
                        : sf_hankel(x, -AMPLITUDE(P1, x), AMPLITUDE(Q1, x) / x);
                }
                """;
    }
}

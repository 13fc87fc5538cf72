package io.flambeau.tensor.internal.special;

/** The Airy function Ai. */
public final class Airy {
    private static final double SQRT_PI = 1.7724538509055160273;

    private Airy() {}

    // Ai(x) on [-5, 0] with t = x / 2.5 + 1 and on [0, 2] with t = x - 1.
    private static final double[] AI_MIDDLE = {
        0.21780501400549876,
        0.15243919682610405,
        0.24413048723903907,
        -0.25723797937555526,
        -0.10405689786164055,
        0.1258789994498457,
        -0.010730847332209423,
        -0.019770891044724,
        0.006501814365774597,
        0.0007291639947388939,
        -0.0007904009988707628,
        0.00010807305451804548,
        3.4929680917219585E-05,
        -1.3631889435344286E-05,
        5.550644712274884E-07,
        5.960077778021826E-07,
        -1.282333427112974E-07,
        -3.89217252588784E-09,
        5.604665504886613E-09,
        -7.325023228050804E-10,
        -7.584948080022729E-11,
        3.38146239476339E-11,
        -2.6271661958850626E-12,
        -5.532266987341432E-13,
        1.420039294312333E-13,
        -5.439423676954658E-15,
        -2.531215287774012E-15,
        4.3663099026744113E-16,
        -2.0279016787339435E-18,
        -8.263802231245331E-18,
        1.015534874716995E-18
    };
    private static final double[] AI_SMALL = {
        0.1661487551134717,
        -0.160200643749162,
        0.02985086265042287,
        -3.592821006346677E-05,
        -0.0010148771856557245,
        0.00018650430146538642,
        -9.023207531845663E-06,
        -1.8719071101908585E-06,
        3.7633084265224525E-07,
        -2.2543102304853237E-08,
        -1.521783492607275E-09,
        3.7631432654361224E-10,
        -2.4444948546165672E-11,
        -5.979424144805241E-13,
        2.2466976613000314E-13,
        -1.5345032770179278E-14,
        -7.025980667351147E-17,
        8.902219306136638E-17,
        -6.348506763486825E-18
    };

    // 2 sqrt(pi) x^(1/4) exp(z) Ai(x), z = 2/3 x^(3/2), with t = 2 z(2) / z - 1, x in [2, inf) (DLMF 9.7.5).
    private static final double[] AI_LARGE = {
        0.9844053049171552,
        -0.014792784850104199,
        0.0007327177465426715,
        -6.12595423417825E-05,
        6.83476697557269E-06,
        -9.237229735403982E-07,
        1.436225340438052E-07,
        -2.489319422322096E-08,
        4.709793440054328E-09,
        -9.583863708112733E-10,
        2.0745855483677591E-10,
        -4.737267332192277E-11,
        1.1336099808224236E-11,
        -2.827706782319351E-12,
        7.320712095125598E-13,
        -1.9599793911089723E-13,
        5.4101162570683925E-14,
        -1.5356466802223836E-14,
        4.472340393300025E-15,
        -1.3338094674756683E-15,
        4.066582046456231E-16,
        -1.265583225645289E-16,
        4.015126334015871E-17,
        -1.2969972135960937E-17,
        4.2613499074124E-18
    };
    private static final double ZETA_OF_TWO = 1.8856180831641267;

    // The amplitudes of cos(z - pi/4) and, times z, sin(z - pi/4) in sqrt(pi) |x|^(1/4) Ai(x) (DLMF 9.7.9),
    // with t = 2 (z(5) / z)^2 - 1, x in (-inf, -5].
    private static final double[] AI_P = {
        0.9996723415461005, -0.0003255483561055322, 2.069745155969119E-06, -3.890961736474424E-08,
        1.3645959446950337E-09, -7.265563438866682E-11, 5.234675629062907E-12, -4.749669415821452E-13,
        5.172156139604189E-14, -6.533725295545284E-15, 9.33927407277721E-16, -1.4823330512580455E-16,
        2.5745988399644002E-17, -4.8369440585693956E-18
    };
    private static final double[] AI_Q = {
        0.06911528040160503, -0.0003251060364586695, 3.945977743866323E-06, -1.068929090514341E-07,
        4.800334718951617E-09, -3.0691067169997637E-10, 2.5517594369013928E-11, -2.601606731752434E-12,
        3.123666855119186E-13, -4.2903251712839485E-14, 6.596710595977435E-15, -1.116833216041688E-15,
        2.0551350158850327E-16, -4.0680056098438254E-17, 8.589182631392619E-18, -1.921018818902054E-18,
        4.524779482719087E-19
    };
    private static final double ZETA_OF_FIVE = 7.453559924999299;

    /** Ai(x); NaN at the infinities, as PyTorch. */
    public static double ai(double x) {
        if (Double.isInfinite(x) || Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x < -5) {
            return oscillating(-x);
        }
        if (x < 0) {
            return Series.chebyshev(AI_MIDDLE, x / 2.5 + 1);
        }
        return x <= 2 ? Series.chebyshev(AI_SMALL, x - 1) : decaying(x);
    }

    private static double decaying(double x) {
        double root = StrictMath.sqrt(x);
        double z = 2.0 / 3 * x * root;
        double amplitude = Series.chebyshev(AI_LARGE, 2 * ZETA_OF_TWO / z - 1);
        return StrictMath.exp(-z) * amplitude / (2 * SQRT_PI * StrictMath.sqrt(root));
    }

    private static double oscillating(double x) {
        double root = StrictMath.sqrt(x);
        double z = 2.0 / 3 * x * root;
        double ratio = ZETA_OF_FIVE / z;
        double t = 2 * ratio * ratio - 1;
        double phase = z - Math.PI / 4;
        double cosine = StrictMath.cos(phase) * Series.chebyshev(AI_P, t);
        double sine = StrictMath.sin(phase) * Series.chebyshev(AI_Q, t) / z;
        return (cosine + sine) / (SQRT_PI * StrictMath.sqrt(root));
    }

    /** The same in C, after {@link Series#c}. */
    public static String c() {
        return Series.table("AI_MIDDLE", AI_MIDDLE)
                + Series.table("AI_SMALL", AI_SMALL)
                + Series.table("AI_LARGE", AI_LARGE)
                + Series.table("AI_P", AI_P)
                + Series.table("AI_Q", AI_Q)
                + Series.table("AI_ZETA", ZETA_OF_TWO, ZETA_OF_FIVE)
                + """
                INLINE W sf_airy_ai(W x) {
                    W a = fabs(x);
                    W root = sqrt(a);
                    W z = (W)2 / 3 * a * root;
                    W scale = 1.7724538509055160273 * sqrt(root);
                    if (!(a < W_INFINITY)) {
                        return W_NAN;
                    }
                    if (x < -5) {
                        W ratio = AI_ZETA[1] / z;
                        W t = 2 * ratio * ratio - 1;
                        W phase = z - HALF_PI / 2;
                        return (cos(phase) * CHEBYSHEV(AI_P, t) + sin(phase) * CHEBYSHEV(AI_Q, t) / z) / scale;
                    }
                    if (x < 0) {
                        return CHEBYSHEV(AI_MIDDLE, x / 2.5 + 1);
                    }
                    return x <= 2
                        ? CHEBYSHEV(AI_SMALL, x - 1)
                        : exp(-z) * CHEBYSHEV(AI_LARGE, 2 * AI_ZETA[0] / z - 1) / (2 * scale);
                }
                """;
    }
}

package io.flambeau.tensor.internal.special;

/**
 * Modified Bessel functions of orders 0 and 1, of the first (I) and second (K) kind, plain and scaled by exp(-|x|)
 * or exp(x).
 *
 * <p>The splits at 8 (I) and 2 (K) and the logarithmic form of K near 0 are those of Clenshaw, Chebyshev Series for
 * Mathematical Functions (1962).
 */
public final class ModifiedBessel {
    private ModifiedBessel() {}

    // exp(-x) I0(x) with t = x/4 - 1, x in [0, 8], and sqrt(x) exp(-x) I0(x) with t = 16/x - 1, x in [8, inf).
    private static final double[] I0_SMALL = {
        0.33839763720473803,
        -0.3046826723431984,
        0.17162090152220877,
        -0.09490109704804764,
        0.04930528423967071,
        -0.02373741480589947,
        0.010546460394594998,
        -0.004324309995050576,
        0.0016394756169413357,
        -0.0005763755745385824,
        0.00018850288509584165,
        -5.754195010082104E-05,
        1.6448448070728896E-05,
        -4.4167383584587505E-06,
        1.1173875391201037E-06,
        -2.670793853940612E-07,
        6.046995022541919E-08,
        -1.300025009986248E-08,
        2.6598237246823866E-09,
        -5.189795601635263E-10,
        9.675809035373237E-11,
        -1.726826291441556E-11,
        2.95505266312964E-12,
        -4.856446783111929E-13,
        7.676185498604936E-14,
        -1.1685332877993451E-14,
        1.715391285555133E-15,
        -2.431279846547955E-16,
        3.3307945188222384E-17,
        -4.4153416464793395E-18
    };
    private static final double[] I0_LARGE = {
        0.4022452055070544,
        0.0033691164782556943,
        6.889758346916825E-05,
        2.8913705208347567E-06,
        2.0489185894690638E-07,
        2.266668990498178E-08,
        3.3962320257083865E-09,
        4.94060238822497E-10,
        1.1889147107846439E-11,
        -3.1499165279632416E-11,
        -1.3215811840447713E-11,
        -1.7941785315068062E-12,
        7.180124451383666E-13,
        3.8527783827421426E-13,
        1.54008621752141E-14,
        -4.150569347287222E-14,
        -9.554846698828307E-15,
        3.8116806693526224E-15,
        1.7725601330565263E-15,
        -3.425485619677219E-16,
        -2.8276239805165836E-16,
        3.461222867697461E-17,
        4.46562142029676E-17,
        -4.830504485944182E-18,
        -7.233180487874754E-18
    };

    // exp(-x) I1(x) / x with t = x/4 - 1 and sqrt(x) exp(-x) I1(x) with t = 16/x - 1.
    private static final double[] I1_SMALL = {
        0.12629359322181682,
        -0.17641651835783406,
        0.1026436586898471,
        -0.05294598120809499,
        0.024726449030626516,
        -0.010564084894626197,
        0.004156422944312888,
        -0.0015135724506312532,
        0.0005122859561685758,
        -0.00016176081582589674,
        4.781565107550054E-05,
        -1.3273163656039436E-05,
        3.4702513081376785E-06,
        -8.568720264695455E-07,
        2.0032947535521353E-07,
        -4.445059128796328E-08,
        9.381537386495773E-09,
        -1.8872497517228294E-09,
        3.625590281552117E-10,
        -6.663489723502027E-11,
        1.1736186298890901E-11,
        -1.9839743977649436E-12,
        3.223793365945575E-13,
        -5.042185504727912E-14,
        7.600684294735408E-15,
        -1.1055969477353862E-15,
        1.5536319577362005E-16,
        -2.111421214358166E-17,
        2.7779141127610464E-18
    };
    private static final double[] I1_LARGE = {
        0.38928811750914005,
        -0.009761097491361469,
        -0.00011058893876262371,
        -3.882564808877691E-06,
        -2.512236237870209E-07,
        -2.6314688468895196E-08,
        -3.835380385964237E-09,
        -5.589743462196584E-10,
        -1.8974958123505413E-11,
        3.2526035830154884E-11,
        1.4125807436613782E-11,
        2.0356285441470896E-12,
        -7.198551776245908E-13,
        -4.0835511110921974E-13,
        -2.1015418427726643E-14,
        4.272440016711951E-14,
        1.0420276984128802E-14,
        -3.8144030724370075E-15,
        -1.8803547755107825E-15,
        3.3082023109209285E-16,
        2.96262899764595E-16,
        -3.209525921993424E-17,
        -4.6503053684893586E-17,
        4.414348323071708E-18,
        7.517296310842105E-18
    };

    // K0(x) + log(x/2) I0(x) with t = x^2 / 2 - 1, x in (0, 2], and sqrt(x) exp(x) K0(x) with t = 4/x - 1.
    private static final double[] K0_SMALL = {
        -0.2676636966169514,
        0.3442898999246285,
        0.0359799365153615,
        0.001264615411446926,
        2.286212103119452E-05,
        2.5347910790261494E-07,
        1.904516377220209E-09,
        1.0349695257633625E-11,
        4.2598161427910826E-14,
        1.3744654358807508E-16
    };
    private static final double[] K0_LARGE = {
        1.2201515410329777,
        -0.0314481013119645,
        0.0015698838857300533,
        -0.00012849549581627802,
        1.39498137188765E-05,
        -1.8317555227191195E-06,
        2.766813639445015E-07,
        -4.660489897687948E-08,
        8.574034017414225E-09,
        -1.6975345093890614E-09,
        3.5773972814003283E-10,
        -7.957489244477396E-11,
        1.8559491149549264E-11,
        -4.514597883374519E-12,
        1.1403405882073441E-12,
        -2.9800969231481784E-13,
        8.032890775068375E-14,
        -2.2275133267462965E-14,
        6.340076476276646E-15,
        -1.848593377920907E-15,
        5.5120559994043335E-16,
        -1.6782311257549006E-16,
        5.2103917776435543E-17,
        -1.6475805939842632E-17,
        5.3004337711773354E-18
    };

    // x (K1(x) - log(x/2) I1(x)) with t = x^2 / 2 - 1 and sqrt(x) exp(x) K1(x) with t = 4/x - 1.
    private static final double[] K1_SMALL = {
        0.7626501136694739,
        -0.3531559607765449,
        -0.12261118082265715,
        -0.006975723859639864,
        -0.0001730288957513052,
        -2.4334061415659684E-06,
        -2.213387630734726E-08,
        -1.4114883926335278E-10,
        -6.666901694199329E-13,
        -2.427449850519366E-15,
        -7.023863479386288E-18
    };
    private static final double[] K1_LARGE = {
        1.3603130952422213,
        0.10392373657681724,
        -0.002857816859622779,
        0.00019521551847135162,
        -1.936197974166083E-05,
        2.406484947837217E-06,
        -3.5019606030878126E-07,
        5.7410841254500495E-08,
        -1.0345762465678097E-08,
        2.0150497551970347E-09,
        -4.1903547593419254E-10,
        9.218315187605315E-11,
        -2.129967838427791E-11,
        5.139639673482343E-12,
        -1.2891739609498229E-12,
        3.348419666052243E-13,
        -8.976705182010146E-14,
        2.4771544242195988E-14,
        -7.0198370892147685E-15,
        2.038703166239861E-15,
        -6.057047270643018E-16,
        1.8380935752430455E-16,
        -5.689462849193648E-17,
        1.7940510478863572E-17,
        -5.7567444820733025E-18
    };

    /** I0(x); NaN at the infinities, as PyTorch. */
    public static double i0(double x) {
        return StrictMath.exp(Math.abs(x)) * i0e(x);
    }

    /** exp(-|x|) I0(x). */
    public static double i0e(double x) {
        double a = Math.abs(x);
        return a <= 8
                ? Series.chebyshev(I0_SMALL, a / 4 - 1)
                : Series.chebyshev(I0_LARGE, 16 / a - 1) / StrictMath.sqrt(a);
    }

    /** I1(x). */
    public static double i1(double x) {
        return StrictMath.exp(Math.abs(x)) * i1e(x);
    }

    /** exp(-|x|) I1(x). */
    public static double i1e(double x) {
        double a = Math.abs(x);
        double value = a <= 8
                ? Series.chebyshev(I1_SMALL, a / 4 - 1) * a
                : Series.chebyshev(I1_LARGE, 16 / a - 1) / StrictMath.sqrt(a);
        return x < 0 ? -value : value;
    }

    /** K0(x): infinite at 0, NaN below. */
    public static double k0(double x) {
        return x <= 2 ? smallK0(x) : StrictMath.exp(-x) * k0e(x);
    }

    /** exp(x) K0(x). */
    public static double k0e(double x) {
        return x <= 2 ? smallK0(x) * StrictMath.exp(x) : Series.chebyshev(K0_LARGE, 4 / x - 1) / StrictMath.sqrt(x);
    }

    /** K1(x): infinite at 0, NaN below. */
    public static double k1(double x) {
        return x <= 2 ? smallK1(x) : StrictMath.exp(-x) * k1e(x);
    }

    /** exp(x) K1(x). */
    public static double k1e(double x) {
        return x <= 2 ? smallK1(x) * StrictMath.exp(x) : Series.chebyshev(K1_LARGE, 4 / x - 1) / StrictMath.sqrt(x);
    }

    private static double smallK0(double x) {
        if (x == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return Series.chebyshev(K0_SMALL, x * x / 2 - 1) - StrictMath.log(0.5 * x) * i0(x);
    }

    private static double smallK1(double x) {
        if (x == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return Series.chebyshev(K1_SMALL, x * x / 2 - 1) / x + StrictMath.log(0.5 * x) * i1(x);
    }

    /** The same in C, after {@link Series#c}. */
    public static String c() {
        return Series.table("I0_SMALL", I0_SMALL)
                + Series.table("I0_LARGE", I0_LARGE)
                + Series.table("I1_SMALL", I1_SMALL)
                + Series.table("I1_LARGE", I1_LARGE)
                + Series.table("K0_SMALL", K0_SMALL)
                + Series.table("K0_LARGE", K0_LARGE)
                + Series.table("K1_SMALL", K1_SMALL)
                + Series.table("K1_LARGE", K1_LARGE)
                + """
                INLINE W sf_i0e(W x) {
                    W a = fabs(x);
                    return a <= 8 ? CHEBYSHEV(I0_SMALL, a / 4 - 1) : CHEBYSHEV(I0_LARGE, 16 / a - 1) / sqrt(a);
                }
                INLINE W sf_i1e(W x) {
                    W a = fabs(x);
                    W value = a <= 8 ? CHEBYSHEV(I1_SMALL, a / 4 - 1) * a : CHEBYSHEV(I1_LARGE, 16 / a - 1) / sqrt(a);
                    return x < 0 ? -value : value;
                }
                INLINE W sf_i0(W x) { return exp(fabs(x)) * sf_i0e(x); }
                INLINE W sf_i1(W x) { return exp(fabs(x)) * sf_i1e(x); }
                INLINE W sf_small_k0(W x) {
                    return x == 0 ? W_INFINITY : CHEBYSHEV(K0_SMALL, x * x / 2 - 1) - log(x / 2) * sf_i0(x);
                }
                INLINE W sf_small_k1(W x) {
                    return x == 0 ? W_INFINITY : CHEBYSHEV(K1_SMALL, x * x / 2 - 1) / x + log(x / 2) * sf_i1(x);
                }
                INLINE W sf_k0e(W x) {
                    return x <= 2 ? sf_small_k0(x) * exp(x) : CHEBYSHEV(K0_LARGE, 4 / x - 1) / sqrt(x);
                }
                INLINE W sf_k1e(W x) {
                    return x <= 2 ? sf_small_k1(x) * exp(x) : CHEBYSHEV(K1_LARGE, 4 / x - 1) / sqrt(x);
                }
                INLINE W sf_k0(W x) { return x <= 2 ? sf_small_k0(x) : exp(-x) * sf_k0e(x); }
                INLINE W sf_k1(W x) { return x <= 2 ? sf_small_k1(x) : exp(-x) * sf_k1e(x); }
                """;
    }
}

package io.flambeau.backend.cpu.internal;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.fma;

/**
 * The elementary functions in single precision, one number at a time.
 *
 * <p>Note [Same bits in every form]: these and their vector forms are the same sequence of additions, multiplications,
 * fused multiply-adds and bit operations, each of which IEEE 754 defines to the last bit. So interpreter, C1, C2, any
 * vector width and the plain path agree, which neither {@code Math.exp} nor {@code VectorOperators.EXP} promises.
 * Change a step here and change it there. The polynomials were fitted for this project (weighted least squares on
 * Chebyshev nodes in 120 bits, reweighted towards equal ripple).
 */
public final class Poly {
    /** 1.5 * 2^23: adding it rounds a small number to an integer, which then stands in the low bits. */
    public static final float ROUND = 12582912f;

    public static final int ROUND_BITS = 0x4B400000;
    public static final float LOG2E = 1.44269504f;
    public static final float LN2_HI = 0.693147182f;
    public static final float LN2_LO = -1.9046543e-9f;

    public static final float EXP_MAX = 88.7228394f;
    public static final float EXP_MIN = -103.972084f;
    public static final float E2 = 0.5f;
    public static final float E3 = 0.166665182f;
    public static final float E4 = 0.041666206f;
    public static final float E5 = 0.00836895313f;
    public static final float E6 = 0.00139506022f;

    /** {@link #ROUND} so that an integer k stands in the low bits as the exponent of 2^k, ... */
    public static final float ROUND_EXPONENT = ROUND + 127;
    /** ... of 2^(k + 64), which is normal where 2^k is not, ... */
    public static final float ROUND_LIFTED = ROUND_EXPONENT + 64;
    /** ... or of 2^(k - 1). */
    public static final float ROUND_HALVED = ROUND_EXPONENT - 1;

    public static final float LOWER = 0x1p-64f;

    public static final float X2 = 0.5f;
    public static final float X3 = 0.166666657f;
    public static final float X4 = 0.0416663587f;
    public static final float X5 = 0.00833338965f;
    public static final float X6 = 0.00139407197f;
    public static final float X7 = 0.000198458845f;

    public static final int SQRT_HALF_BITS = 0x3F3504F3;
    public static final float TWO23 = 8388608f;
    /** ln 2 cut to 10 bits, so that its product with an exponent is exact, and the rest. */
    public static final float LN2_SHORT = 0.693359375f;

    public static final float LN2_REST = -2.1219444e-4f;
    public static final float L3 = 0.333333135f;
    public static final float L4 = -0.250000089f;
    public static final float L5 = 0.200021192f;
    public static final float L6 = -0.166679963f;
    public static final float L7 = 0.142195523f;
    public static final float L8 = -0.124055892f;
    public static final float L9 = 0.11888165f;
    public static final float L10 = -0.116756491f;
    public static final float L11 = 0.0674663186f;

    public static final float TANH_SMALL = 0.625f;
    public static final float TANH_ONE = 9.1f;
    public static final float T3 = -0.333333313f;
    public static final float T5 = 0.133332059f;
    public static final float T7 = -0.0539467633f;
    public static final float T9 = 0.0217007026f;
    public static final float T11 = -0.00817739777f;
    public static final float T13 = 0.00214296114f;

    public static final float ERF_SMALL = 0.92f;
    public static final float ERF_ONE = 3.95f;
    public static final float F1 = 0.128379166f;
    public static final float F3 = -0.376126349f;
    public static final float F5 = 0.112836972f;
    public static final float F7 = -0.0268594995f;
    public static final float F9 = 0.00520128617f;
    public static final float F11 = -0.000814559753f;
    public static final float F13 = 8.38238993e-05f;
    public static final float G0 = 0.00017468349f;
    public static final float G1 = -1.12951493f;
    public static final float G2 = -0.633346915f;
    public static final float G3 = -0.108280078f;
    public static final float G4 = 0.0251194201f;
    public static final float G5 = -0.00417105993f;
    public static final float G6 = 0.000434461894f;
    public static final float G7 = -2.10949856e-05f;

    /** Beyond this the three-part reduction loses bits, and a number takes the slow exact way. */
    public static final float TRIG_MAX = 32768f;

    public static final float TWO_BY_PI = 0.636619772f;
    /**
     * pi/2 as the sum of four floats, the first two so short that their products with a quadrant's number are exact.
     */
    public static final float PIO2_1 = 1.5703125f;

    public static final float PIO2_2 = 0.000483810902f;
    public static final float PIO2_3 = 1.58932547e-08f;
    public static final float PIO2_4 = 6.12323426e-17f;
    public static final float S3 = -0.166666672f;
    public static final float S5 = 0.00833332911f;
    public static final float S7 = -0.000198392328f;
    public static final float S9 = 2.71736667e-06f;
    public static final float C4 = 0.0416666679f;
    public static final float C6 = -0.00138888834f;
    public static final float C8 = 2.47993721e-05f;
    public static final float C10 = -2.71986266e-07f;

    /** From here on the normal distribution function is 1 in single precision. */
    public static final float NORMAL_ONE = 5.5f;
    /** N1 to N9: log2(2 Phi(-a)) as a polynomial of a. */
    public static final float N1 = -1.1511054f;

    public static final float N2 = -0.45920628f;
    public static final float N3 = -0.052499436f;
    public static final float N4 = 0.0070584407f;
    public static final float N5 = -0.00011756629f;
    public static final float N6 = -0.00020733674f;
    public static final float N7 = 5.007086e-05f;
    public static final float N8 = -5.394248e-06f;
    public static final float N9 = 2.3284132e-07f;
    /** B1 to B6: 2^r - 1 as a polynomial of r. */
    public static final float B1 = 0.6931472f;

    public static final float B2 = 0.2402265f;
    public static final float B3 = 0.05550327f;
    public static final float B4 = 0.009618003f;
    public static final float B5 = 0.0013400541f;
    public static final float B6 = 0.0001547648f;

    public static final float GELU_TANH = 0.797884561f;
    public static final float GELU_CUBE = 0.044715f;
    /** 1 / sqrt(2 pi), the normal density's peak. */
    public static final float DENSITY = 0.39894228f;

    private Poly() {}

    public static float exp(float x) {
        float z = fma(x, LOG2E, ROUND);
        float n = z - ROUND;
        float r = fma(n, -LN2_HI, x);
        r = fma(n, -LN2_LO, r);
        float p = expPolynomial(r);
        int k = floatToRawIntBits(z) - ROUND_BITS;
        int half = k >> 1;
        p = p * intBitsToFloat(half + 127 << 23) * intBitsToFloat(k - half + 127 << 23);
        p = x > EXP_MAX ? Float.POSITIVE_INFINITY : p;
        return x < EXP_MIN ? 0f : p;
    }

    /** exp for arguments between -87 and 88, where the result is a normal number. */
    public static float expNormal(float x) {
        float z = fma(x, LOG2E, ROUND_EXPONENT);
        return expPolynomial(reduceByLn2(x, z - ROUND_EXPONENT)) * powerOfTwo(z);
    }

    /** exp for arguments of at most 0. */
    public static float expNegative(float x) {
        float z = fma(x, LOG2E, ROUND_LIFTED);
        float p = expPolynomial(reduceByLn2(x, z - ROUND_LIFTED)) * powerOfTwo(z) * LOWER;
        return x < EXP_MIN ? 0f : p;
    }

    private static float reduceByLn2(float x, float n) {
        return fma(n, -LN2_LO, fma(n, -LN2_HI, x));
    }

    /** The power of two whose exponent stands in the low bits. */
    private static float powerOfTwo(float rounded) {
        return intBitsToFloat(floatToRawIntBits(rounded) << 23);
    }

    private static float expPolynomial(float r) {
        float q = fma(E6, r, E5);
        q = fma(q, r, E4);
        q = fma(q, r, E3);
        q = fma(q, r, E2);
        return fma(q, r * r, r) + 1f;
    }

    public static float expm1(float x) {
        float z = fma(x, LOG2E, ROUND);
        float n = z - ROUND;
        float r = fma(n, -LN2_HI, x);
        r = fma(n, -LN2_LO, r);
        float q = fma(X7, r, X6);
        q = fma(q, r, X5);
        q = fma(q, r, X4);
        q = fma(q, r, X3);
        q = fma(q, r, X2);
        float p = fma(q, r * r, r);
        int k = floatToRawIntBits(z) - ROUND_BITS;
        float half = intBitsToFloat(k + 126 << 23);
        float y = fma(p, half, half - 0.5f);
        y = y + y;
        y = x > EXP_MAX ? Float.POSITIVE_INFINITY : y;
        y = x < -18f ? -1f : y;
        return x == 0f ? x : y;
    }

    public static float log(float x) {
        boolean tiny = x < Float.MIN_NORMAL;
        float y = logNormal(tiny ? x * TWO23 : x, tiny ? -23f : 0f);
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x < 0f ? Float.NaN : y;
        return x == 0f ? Float.NEGATIVE_INFINITY : y;
    }

    /** log(x 2^shift) for a positive normal {@code x}. */
    private static float logNormal(float x, float shift) {
        int bits = floatToRawIntBits(x);
        int e = bits - SQRT_HALF_BITS >> 23;
        float f = intBitsToFloat(bits - (e << 23)) - 1f;
        float n = intBitsToFloat(e + ROUND_BITS) - ROUND + shift;
        float q = fma(L11, f, L10);
        q = fma(q, f, L9);
        q = fma(q, f, L8);
        q = fma(q, f, L7);
        q = fma(q, f, L6);
        q = fma(q, f, L5);
        q = fma(q, f, L4);
        q = fma(q, f, L3);
        float f2 = f * f;
        float y = f * f2 * q;
        y = fma(n, LN2_REST, y);
        y = fma(-0.5f, f2, y);
        return fma(n, LN2_SHORT, f + y);
    }

    public static float log1p(float x) {
        float u = 1f + x;
        float lost = (x - (u - 1f)) / u;
        float y = logNormal(u, 0f) + lost;
        y = u < Float.POSITIVE_INFINITY ? y : u;
        y = u < 0f ? Float.NaN : y;
        y = u == 0f ? Float.NEGATIVE_INFINITY : y;
        return Math.abs(x) < 0x1p-24f ? x : y;
    }

    public static float tanh(float x) {
        float a = Math.abs(x);
        float t = x * x;
        float q = fma(T13, t, T11);
        q = fma(q, t, T9);
        q = fma(q, t, T7);
        q = fma(q, t, T5);
        q = fma(q, t, T3);
        float small = fma(q * t, x, x);
        float large = 1f - 2f / (expNormal(a + a) + 1f);
        large = a > TANH_ONE ? 1f : large;
        return withSign(a < TANH_SMALL ? small : large, x);
    }

    public static float sigmoid(float x) {
        float e = expNegative(-Math.abs(x));
        return (x < 0f ? e : 1f) / (1f + e);
    }

    public static float erf(float x) {
        float a = Math.abs(x);
        float t = x * x;
        float q = fma(F13, t, F11);
        q = fma(q, t, F9);
        q = fma(q, t, F7);
        q = fma(q, t, F5);
        q = fma(q, t, F3);
        q = fma(q, t, F1);
        float small = fma(q, x, x);
        float g = fma(G7, a, G6);
        g = fma(g, a, G5);
        g = fma(g, a, G4);
        g = fma(g, a, G3);
        g = fma(g, a, G2);
        g = fma(g, a, G1);
        g = fma(g, a, G0);
        float large = 1f - expNormal(g);
        large = a > ERF_ONE ? 1f : large;
        return withSign(a < ERF_SMALL ? small : large, x);
    }

    public static float sin(float x) {
        return Math.abs(x) > TRIG_MAX ? (float) StrictMath.sin(x) : sinReduced(x, 0);
    }

    public static float cos(float x) {
        return Math.abs(x) > TRIG_MAX ? (float) StrictMath.cos(x) : sinReduced(x, 1);
    }

    /** sin(x + quadrant pi/2). */
    private static float sinReduced(float x, int quadrant) {
        float z = fma(x, TWO_BY_PI, ROUND);
        float n = z - ROUND;
        float near = fma(n, -PIO2_2, fma(n, -PIO2_1, x));
        float w = n * PIO2_3;
        float r = near - w;
        float lost = fma(n, -PIO2_4, near - r - w - fma(n, PIO2_3, -w));
        float t = r * r;
        float s = fma(S9, t, S7);
        s = fma(s, t, S5);
        s = fma(s, t, S3);
        s = withSign(r + fma(s * t, r, lost), r);
        float c = fma(C10, t, C8);
        c = fma(c, t, C6);
        c = fma(c, t, C4);
        c = fma(c, t, -0.5f);
        c = fma(c, t, 1f);
        int k = floatToRawIntBits(z) - ROUND_BITS + quadrant;
        float y = (k & 1) != 0 ? c : s;
        return intBitsToFloat(floatToRawIntBits(y) ^ (k & 2) << 30);
    }

    public static float rsqrt(float x) {
        return 1f / (float) Math.sqrt(x);
    }

    public static float silu(float x) {
        return x * sigmoid(x);
    }

    public static float siluGradient(float x) {
        float s = sigmoid(x);
        return s * fma(x, 1f - s, 1f);
    }

    /** The normal density. */
    public static float density(float x) {
        return DENSITY * expNegative(-0.5f * x * x);
    }

    /** The normal distribution function. */
    public static float normal(float x) {
        float tail = normalTail(Math.abs(x));
        return x < 0f ? tail : 1f - tail;
    }

    /** The normal distribution function at -a for a of at least 0: a power of 2. */
    private static float normalTail(float a) {
        float q = fma(N9, a, N8);
        q = fma(q, a, N7);
        q = fma(q, a, N6);
        q = fma(q, a, N5);
        q = fma(q, a, N4);
        q = fma(q, a, N3);
        q = fma(q, a, N2);
        q = fma(q, a, N1);
        float z = fma(q, a, ROUND_HALVED);
        float r = fma(q, a, ROUND_HALVED - z);
        float p = fma(B6, r, B5);
        p = fma(p, r, B4);
        p = fma(p, r, B3);
        p = fma(p, r, B2);
        p = fma(p, r, B1);
        p = fma(p, r, 1f) * powerOfTwo(z);
        return a > NORMAL_ONE ? 0f : p;
    }

    /** x times the normal distribution function. */
    public static float gelu(float x) {
        return x * normal(x);
    }

    public static float geluGradient(float x) {
        return x * density(x) + normal(x);
    }

    public static float geluTanh(float x) {
        float inner = GELU_TANH * fma(GELU_CUBE * x * x, x, x);
        return 0.5f * x * (1f + tanh(inner));
    }

    public static float geluTanhGradient(float x) {
        float x2 = x * x;
        float t = tanh(GELU_TANH * fma(GELU_CUBE * x2, x, x));
        float slope = GELU_TANH * fma(3f * GELU_CUBE, x2, 1f);
        return fma(0.5f * x * fma(-t, t, 1f), slope, 0.5f * (1f + t));
    }

    private static float withSign(float magnitude, float sign) {
        return intBitsToFloat(floatToRawIntBits(magnitude) | floatToRawIntBits(sign) & 0x80000000);
    }
}

package io.flambeau.backend.cpu.internal.vector;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.flambeau.backend.cpu.internal.Poly;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The elementary functions of {@code Poly} on vectors: see Note [Same bits in every form] there.
 *
 * <p>Note [Constant vectors]: constants are vectors in static final fields, not broadcasts where they are used. Each
 * broadcast costs the compiler hundreds of nodes, and a function of two polynomials would pass the number of nodes at
 * which it stops inlining; then vectors become objects and the loop is ten times slower.
 */
public final class VectorPoly {
    static final FloatVector B1 = all(Poly.B1);
    static final FloatVector B2 = all(Poly.B2);
    static final FloatVector B3 = all(Poly.B3);
    static final FloatVector B4 = all(Poly.B4);
    static final FloatVector B5 = all(Poly.B5);
    static final FloatVector B6 = all(Poly.B6);
    static final FloatVector C10 = all(Poly.C10);
    static final FloatVector C4 = all(Poly.C4);
    static final FloatVector C6 = all(Poly.C6);
    static final FloatVector C8 = all(Poly.C8);
    static final FloatVector DENSITY = all(Poly.DENSITY);
    static final FloatVector E2 = all(Poly.E2);
    static final FloatVector E3 = all(Poly.E3);
    static final FloatVector E4 = all(Poly.E4);
    static final FloatVector E5 = all(Poly.E5);
    static final FloatVector E6 = all(Poly.E6);
    static final FloatVector ERF_ONE = all(Poly.ERF_ONE);
    static final FloatVector ERF_SMALL = all(Poly.ERF_SMALL);
    static final FloatVector EXPM1_FLAT = all(-18f);
    static final FloatVector EXP_MAX = all(Poly.EXP_MAX);
    static final FloatVector EXP_MIN = all(Poly.EXP_MIN);
    static final FloatVector F1 = all(Poly.F1);
    static final FloatVector F11 = all(Poly.F11);
    static final FloatVector F13 = all(Poly.F13);
    static final FloatVector F3 = all(Poly.F3);
    static final FloatVector F5 = all(Poly.F5);
    static final FloatVector F7 = all(Poly.F7);
    static final FloatVector F9 = all(Poly.F9);
    static final FloatVector G0 = all(Poly.G0);
    static final FloatVector G1 = all(Poly.G1);
    static final FloatVector G2 = all(Poly.G2);
    static final FloatVector G3 = all(Poly.G3);
    static final FloatVector G4 = all(Poly.G4);
    static final FloatVector G5 = all(Poly.G5);
    static final FloatVector G6 = all(Poly.G6);
    static final FloatVector G7 = all(Poly.G7);
    static final FloatVector GELU_CUBE = all(Poly.GELU_CUBE);
    static final FloatVector GELU_SLOPE = all(3f * Poly.GELU_CUBE);
    static final FloatVector GELU_TANH = all(Poly.GELU_TANH);
    static final FloatVector HALF = all(0.5f);
    static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);
    static final FloatVector L10 = all(Poly.L10);
    static final FloatVector L11 = all(Poly.L11);
    static final FloatVector L3 = all(Poly.L3);
    static final FloatVector L4 = all(Poly.L4);
    static final FloatVector L5 = all(Poly.L5);
    static final FloatVector L6 = all(Poly.L6);
    static final FloatVector L7 = all(Poly.L7);
    static final FloatVector L8 = all(Poly.L8);
    static final FloatVector L9 = all(Poly.L9);
    static final FloatVector LN2_REST = all(Poly.LN2_REST);
    static final FloatVector LN2_SHORT = all(Poly.LN2_SHORT);
    static final FloatVector LOG1P_SMALL = all(0x1p-24f);
    static final FloatVector LOG2E = all(Poly.LOG2E);
    static final FloatVector LOWER = all(Poly.LOWER);
    static final FloatVector MINUS_23 = all(-23f);
    static final FloatVector MINUS_HALF = all(-0.5f);
    static final FloatVector MINUS_INFINITY = all(Float.NEGATIVE_INFINITY);
    static final FloatVector MINUS_LN2_HI = all(-Poly.LN2_HI);
    static final FloatVector MINUS_LN2_LO = all(-Poly.LN2_LO);
    static final FloatVector MINUS_ONE = all(-1f);
    static final FloatVector MINUS_PIO2_1 = all(-Poly.PIO2_1);
    static final FloatVector MINUS_PIO2_2 = all(-Poly.PIO2_2);
    static final FloatVector MINUS_PIO2_4 = all(-Poly.PIO2_4);
    static final FloatVector N1 = all(Poly.N1);
    static final FloatVector N2 = all(Poly.N2);
    static final FloatVector N3 = all(Poly.N3);
    static final FloatVector N4 = all(Poly.N4);
    static final FloatVector N5 = all(Poly.N5);
    static final FloatVector N6 = all(Poly.N6);
    static final FloatVector N7 = all(Poly.N7);
    static final FloatVector N8 = all(Poly.N8);
    static final FloatVector N9 = all(Poly.N9);
    static final FloatVector NAN = all(Float.NaN);
    static final FloatVector NORMAL_ONE = all(Poly.NORMAL_ONE);
    static final FloatVector ONE = all(1f);
    static final FloatVector PIO2_3 = all(Poly.PIO2_3);
    static final FloatVector ROUND = all(Poly.ROUND);
    static final FloatVector ROUND_EXPONENT = all(Poly.ROUND_EXPONENT);
    static final FloatVector ROUND_HALVED = all(Poly.ROUND_HALVED);
    static final FloatVector ROUND_LIFTED = all(Poly.ROUND_LIFTED);
    static final FloatVector S3 = all(Poly.S3);
    static final FloatVector S5 = all(Poly.S5);
    static final FloatVector S7 = all(Poly.S7);
    static final FloatVector S9 = all(Poly.S9);
    static final FloatVector T11 = all(Poly.T11);
    static final FloatVector T13 = all(Poly.T13);
    static final FloatVector T3 = all(Poly.T3);
    static final FloatVector T5 = all(Poly.T5);
    static final FloatVector T7 = all(Poly.T7);
    static final FloatVector T9 = all(Poly.T9);
    static final FloatVector TANH_ONE = all(Poly.TANH_ONE);
    static final FloatVector TANH_SMALL = all(Poly.TANH_SMALL);
    static final FloatVector TINY = all(Float.MIN_NORMAL);
    static final FloatVector TWO = all(2f);
    static final FloatVector TWO23 = all(Poly.TWO23);
    static final FloatVector TWO_BY_PI = all(Poly.TWO_BY_PI);
    static final FloatVector X2 = all(Poly.X2);
    static final FloatVector X3 = all(Poly.X3);
    static final FloatVector X4 = all(Poly.X4);
    static final FloatVector X5 = all(Poly.X5);
    static final FloatVector X6 = all(Poly.X6);
    static final FloatVector X7 = all(Poly.X7);
    static final FloatVector ZERO = all(0f);
    static final IntVector ROUND_BITS = IntVector.broadcast(Lanes.I32, Poly.ROUND_BITS);
    static final IntVector SQRT_HALF_BITS = IntVector.broadcast(Lanes.I32, Poly.SQRT_HALF_BITS);
    static final IntVector BIAS = IntVector.broadcast(Lanes.I32, 127);
    static final IntVector SIGN_BIT = IntVector.broadcast(Lanes.I32, 0x80000000);
    static final IntVector INT_ZERO = IntVector.broadcast(Lanes.I32, 0);
    static final IntVector INT_ONE = IntVector.broadcast(Lanes.I32, 1);
    static final IntVector INT_TWO = IntVector.broadcast(Lanes.I32, 2);

    private VectorPoly() {}

    private static FloatVector all(float c) {
        return FloatVector.broadcast(Lanes.F32, c);
    }

    private static FloatVector rounded(FloatVector x, FloatVector scale) {
        return x.fma(scale, ROUND);
    }

    private static IntVector integer(FloatVector rounded) {
        return rounded.reinterpretAsInts().sub(ROUND_BITS);
    }

    /** 2^k. */
    private static FloatVector powerOfTwo(IntVector k) {
        return k.add(BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector reduceByLn2(FloatVector x, FloatVector n) {
        return n.fma(MINUS_LN2_LO, n.fma(MINUS_LN2_HI, x));
    }

    private static FloatVector expPolynomial(FloatVector r) {
        FloatVector q = E6.fma(r, E5);
        q = q.fma(r, E4);
        q = q.fma(r, E3);
        q = q.fma(r, E2);
        return q.fma(r.mul(r), r).add(ONE);
    }

    public static FloatVector exp(FloatVector x) {
        FloatVector z = rounded(x, LOG2E);
        FloatVector p = expPolynomial(reduceByLn2(x, z.sub(ROUND)));
        IntVector k = integer(z);
        IntVector half = k.lanewise(VectorOperators.ASHR, 1);
        p = p.mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
        p = p.blend(INFINITY, x.compare(GT, EXP_MAX));
        return p.blend(ZERO, x.compare(LT, EXP_MIN));
    }

    static FloatVector expNormal(FloatVector x) {
        FloatVector z = x.fma(LOG2E, ROUND_EXPONENT);
        return expPolynomial(reduceByLn2(x, z.sub(ROUND_EXPONENT))).mul(powerOfTwo(z));
    }

    static FloatVector expNegative(FloatVector x) {
        FloatVector z = x.fma(LOG2E, ROUND_LIFTED);
        FloatVector p = expPolynomial(reduceByLn2(x, z.sub(ROUND_LIFTED)));
        return p.mul(powerOfTwo(z)).mul(LOWER).blend(ZERO, x.compare(LT, EXP_MIN));
    }

    private static FloatVector powerOfTwo(FloatVector rounded) {
        return rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    public static FloatVector expm1(FloatVector x) {
        FloatVector z = rounded(x, LOG2E);
        FloatVector r = reduceByLn2(x, z.sub(ROUND));
        FloatVector q = X7.fma(r, X6);
        q = q.fma(r, X5);
        q = q.fma(r, X4);
        q = q.fma(r, X3);
        q = q.fma(r, X2);
        FloatVector p = q.fma(r.mul(r), r);
        FloatVector half = powerOfTwo(integer(z).sub(INT_ONE));
        FloatVector y = p.fma(half, half.sub(HALF));
        return expm1Ends(x, y.add(y));
    }

    private static FloatVector expm1Ends(FloatVector x, FloatVector y) {
        FloatVector z = y.blend(INFINITY, x.compare(GT, EXP_MAX));
        z = z.blend(MINUS_ONE, x.compare(LT, EXPM1_FLAT));
        return z.blend(x, x.compare(VectorOperators.EQ, ZERO));
    }

    public static FloatVector log(FloatVector x) {
        VectorMask<Float> tiny = x.compare(LT, TINY);
        FloatVector y = logNormal(x.blend(x.mul(TWO23), tiny), ZERO.blend(MINUS_23, tiny));
        return logEnds(x, y);
    }

    private static FloatVector logEnds(FloatVector x, FloatVector y) {
        FloatVector z = x.blend(y, x.compare(LT, INFINITY));
        z = z.blend(NAN, x.compare(LT, ZERO));
        return z.blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO));
    }

    private static FloatVector logNormal(FloatVector x, FloatVector shift) {
        IntVector bits = x.reinterpretAsInts();
        IntVector e = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(ONE);
        FloatVector n = e.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND).add(shift);
        FloatVector f2 = f.mul(f);
        FloatVector y = f.mul(f2).mul(logPolynomial(f));
        y = n.fma(LN2_REST, y);
        y = MINUS_HALF.fma(f2, y);
        return n.fma(LN2_SHORT, f.add(y));
    }

    private static FloatVector logPolynomial(FloatVector f) {
        FloatVector q = L11.fma(f, L10);
        q = q.fma(f, L9);
        q = q.fma(f, L8);
        q = q.fma(f, L7);
        q = q.fma(f, L6);
        q = q.fma(f, L5);
        q = q.fma(f, L4);
        return q.fma(f, L3);
    }

    public static FloatVector log1p(FloatVector x) {
        FloatVector u = x.add(ONE);
        FloatVector lost = x.sub(u.sub(ONE)).div(u);
        FloatVector y = logEnds(u, logNormal(u, ZERO).add(lost));
        return y.blend(x, x.abs().compare(LT, LOG1P_SMALL));
    }

    public static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector large = ONE.sub(TWO.div(expNormal(a.add(a)).add(ONE)));
        large = large.blend(ONE, a.compare(GT, TANH_ONE));
        return withSign(large.blend(tanhSmall(x), a.compare(LT, TANH_SMALL)), x);
    }

    private static FloatVector tanhSmall(FloatVector x) {
        FloatVector t = x.mul(x);
        FloatVector q = T13.fma(t, T11);
        q = q.fma(t, T9);
        q = q.fma(t, T7);
        q = q.fma(t, T5);
        q = q.fma(t, T3);
        return q.mul(t).fma(x, x);
    }

    public static FloatVector sigmoid(FloatVector x) {
        FloatVector e = expNegative(x.abs().neg());
        return ONE.blend(e, x.compare(LT, ZERO)).div(e.add(ONE));
    }

    public static FloatVector erf(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector large = ONE.sub(expNormal(logErfc(a)));
        large = large.blend(ONE, a.compare(GT, ERF_ONE));
        return withSign(large.blend(erfSmall(x), a.compare(LT, ERF_SMALL)), x);
    }

    private static FloatVector erfSmall(FloatVector x) {
        FloatVector t = x.mul(x);
        FloatVector q = F13.fma(t, F11);
        q = q.fma(t, F9);
        q = q.fma(t, F7);
        q = q.fma(t, F5);
        q = q.fma(t, F3);
        q = q.fma(t, F1);
        return q.fma(x, x);
    }

    private static FloatVector logErfc(FloatVector a) {
        FloatVector g = G7.fma(a, G6);
        g = g.fma(a, G5);
        g = g.fma(a, G4);
        g = g.fma(a, G3);
        g = g.fma(a, G2);
        g = g.fma(a, G1);
        return g.fma(a, G0);
    }

    /** sin(x + quadrant pi/2) for numbers of at most TRIG_MAX. */
    public static FloatVector sinReduced(FloatVector x, int quadrant) {
        FloatVector z = rounded(x, TWO_BY_PI);
        FloatVector n = z.sub(ROUND);
        FloatVector near = n.fma(MINUS_PIO2_2, n.fma(MINUS_PIO2_1, x));
        FloatVector w = n.mul(PIO2_3);
        FloatVector r = near.sub(w);
        FloatVector lost = n.fma(MINUS_PIO2_4, near.sub(r).sub(w).sub(n.fma(PIO2_3, w.neg())));
        FloatVector t = r.mul(r);
        IntVector k = integer(z).add(quadrant);
        FloatVector y = sinPolynomial(r, t, lost).blend(cosPolynomial(t), odd(k));
        IntVector sign = k.and(INT_TWO).lanewise(VectorOperators.LSHL, 30);
        return y.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
    }

    private static VectorMask<Float> odd(IntVector k) {
        return k.and(INT_ONE).compare(VectorOperators.NE, INT_ZERO).cast(Lanes.F32);
    }

    private static FloatVector sinPolynomial(FloatVector r, FloatVector t, FloatVector lost) {
        FloatVector s = S9.fma(t, S7);
        s = s.fma(t, S5);
        s = s.fma(t, S3);
        return withSign(r.add(s.mul(t).fma(r, lost)), r);
    }

    private static FloatVector cosPolynomial(FloatVector t) {
        FloatVector c = C10.fma(t, C8);
        c = c.fma(t, C6);
        c = c.fma(t, C4);
        c = c.fma(t, MINUS_HALF);
        return c.fma(t, ONE);
    }

    public static FloatVector rsqrt(FloatVector x) {
        return ONE.div(x.sqrt());
    }

    public static FloatVector silu(FloatVector x) {
        return x.mul(sigmoid(x));
    }

    public static FloatVector siluGradient(FloatVector x) {
        FloatVector s = sigmoid(x);
        return s.mul(x.fma(ONE.sub(s), ONE));
    }

    public static FloatVector density(FloatVector x) {
        return expNegative(x.mul(MINUS_HALF).mul(x)).mul(DENSITY);
    }

    public static FloatVector normal(FloatVector x) {
        FloatVector tail = normalTail(x.abs());
        return ONE.sub(tail).blend(tail, x.compare(LT, ZERO));
    }

    private static FloatVector normalTail(FloatVector a) {
        FloatVector q = N9.fma(a, N8);
        q = q.fma(a, N7);
        q = q.fma(a, N6);
        q = q.fma(a, N5);
        q = q.fma(a, N4);
        q = q.fma(a, N3);
        q = q.fma(a, N2);
        q = q.fma(a, N1);
        FloatVector z = q.fma(a, ROUND_HALVED);
        FloatVector r = q.fma(a, ROUND_HALVED.sub(z));
        FloatVector p = B6.fma(r, B5);
        p = p.fma(r, B4);
        p = p.fma(r, B3);
        p = p.fma(r, B2);
        p = p.fma(r, B1);
        return p.fma(r, ONE).mul(powerOfTwo(z)).blend(ZERO, a.compare(GT, NORMAL_ONE));
    }

    public static FloatVector gelu(FloatVector x) {
        return x.mul(normal(x));
    }

    public static FloatVector geluGradient(FloatVector x) {
        return x.mul(density(x)).add(normal(x));
    }

    public static FloatVector geluTanh(FloatVector x) {
        return x.mul(HALF).mul(tanh(geluInner(x)).add(ONE));
    }

    private static FloatVector geluInner(FloatVector x) {
        return x.mul(GELU_CUBE).mul(x).fma(x, x).mul(GELU_TANH);
    }

    public static FloatVector geluTanhGradient(FloatVector x) {
        FloatVector x2 = x.mul(x);
        FloatVector t = tanh(x2.mul(GELU_CUBE).fma(x, x).mul(GELU_TANH));
        FloatVector slope = GELU_SLOPE.fma(x2, ONE).mul(GELU_TANH);
        return x.mul(HALF).mul(t.neg().fma(t, ONE)).fma(slope, t.add(ONE).mul(HALF));
    }

    private static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
        IntVector bit = sign.reinterpretAsInts().and(SIGN_BIT);
        return magnitude.reinterpretAsInts().or(bit).reinterpretAsFloats();
    }
}

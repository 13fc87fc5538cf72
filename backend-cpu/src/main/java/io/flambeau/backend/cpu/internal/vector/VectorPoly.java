package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Poly.*;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The elementary functions of {@code Poly} on vectors: see Note [Same bits in every form] there. */
public final class VectorPoly {
    private VectorPoly() {}

    private static FloatVector all(float c) {
        return FloatVector.broadcast(Lanes.F32, c);
    }

    /** x * y + c. */
    private static FloatVector fma(FloatVector x, FloatVector y, float c) {
        return x.fma(y, all(c));
    }

    /** x * c + y. */
    private static FloatVector fma(FloatVector x, float c, FloatVector y) {
        return x.fma(all(c), y);
    }

    private static FloatVector rounded(FloatVector x, float scale) {
        return x.fma(all(scale), all(ROUND));
    }

    private static IntVector integer(FloatVector rounded) {
        return rounded.reinterpretAsInts().sub(ROUND_BITS);
    }

    /** 2^k. */
    private static FloatVector powerOfTwo(IntVector k) {
        return k.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector reduceByLn2(FloatVector x, FloatVector n) {
        return fma(n, -LN2_LO, fma(n, -LN2_HI, x));
    }

    private static FloatVector expPolynomial(FloatVector r) {
        FloatVector q = all(E6).fma(r, all(E5));
        q = fma(q, r, E4);
        q = fma(q, r, E3);
        q = fma(q, r, E2);
        return q.fma(r.mul(r), r).add(1f);
    }

    public static FloatVector exp(FloatVector x) {
        FloatVector z = rounded(x, LOG2E);
        FloatVector p = expPolynomial(reduceByLn2(x, z.sub(ROUND)));
        IntVector k = integer(z);
        IntVector half = k.lanewise(VectorOperators.ASHR, 1);
        p = p.mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
        p = p.blend(all(Float.POSITIVE_INFINITY), x.compare(GT, EXP_MAX));
        return p.blend(all(0f), x.compare(LT, EXP_MIN));
    }

    static FloatVector expNormal(FloatVector x) {
        FloatVector z = rounded(x, LOG2E);
        FloatVector p = expPolynomial(reduceByLn2(x, z.sub(ROUND)));
        return p.mul(powerOfTwo(integer(z)));
    }

    public static FloatVector expm1(FloatVector x) {
        FloatVector z = rounded(x, LOG2E);
        FloatVector r = reduceByLn2(x, z.sub(ROUND));
        FloatVector q = all(X7).fma(r, all(X6));
        q = fma(q, r, X5);
        q = fma(q, r, X4);
        q = fma(q, r, X3);
        q = fma(q, r, X2);
        FloatVector p = q.fma(r.mul(r), r);
        FloatVector half = powerOfTwo(integer(z).sub(1));
        FloatVector y = p.fma(half, half.sub(0.5f));
        return expm1Ends(x, y.add(y));
    }

    private static FloatVector expm1Ends(FloatVector x, FloatVector y) {
        FloatVector z = y.blend(all(Float.POSITIVE_INFINITY), x.compare(GT, EXP_MAX));
        z = z.blend(all(-1f), x.compare(LT, -18f));
        return z.blend(x, x.compare(VectorOperators.EQ, 0f));
    }

    public static FloatVector log(FloatVector x) {
        VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
        FloatVector y = logNormal(x.blend(x.mul(TWO23), tiny), all(0f).blend(all(-23f), tiny));
        return logEnds(x, y);
    }

    private static FloatVector logEnds(FloatVector x, FloatVector y) {
        FloatVector z = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
        z = z.blend(all(Float.NaN), x.compare(LT, 0f));
        return z.blend(all(Float.NEGATIVE_INFINITY), x.compare(VectorOperators.EQ, 0f));
    }

    private static FloatVector logNormal(FloatVector x, FloatVector shift) {
        IntVector bits = x.reinterpretAsInts();
        IntVector e = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
        FloatVector n = e.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND).add(shift);
        FloatVector f2 = f.mul(f);
        FloatVector y = f.mul(f2).mul(logPolynomial(f));
        y = fma(n, LN2_REST, y);
        y = all(-0.5f).fma(f2, y);
        return fma(n, LN2_SHORT, f.add(y));
    }

    private static FloatVector logPolynomial(FloatVector f) {
        FloatVector q = all(L11).fma(f, all(L10));
        q = fma(q, f, L9);
        q = fma(q, f, L8);
        q = fma(q, f, L7);
        q = fma(q, f, L6);
        q = fma(q, f, L5);
        q = fma(q, f, L4);
        return fma(q, f, L3);
    }

    public static FloatVector log1p(FloatVector x) {
        FloatVector u = x.add(1f);
        FloatVector lost = x.sub(u.sub(1f)).div(u);
        FloatVector y = logEnds(u, logNormal(u, all(0f)).add(lost));
        return y.blend(x, x.abs().compare(LT, 0x1p-24f));
    }

    public static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector large = all(1f).sub(all(2f).div(expNormal(a.add(a)).add(1f)));
        large = large.blend(all(1f), a.compare(GT, TANH_ONE));
        return withSign(large.blend(tanhSmall(x), a.compare(LT, TANH_SMALL)), x);
    }

    private static FloatVector tanhSmall(FloatVector x) {
        FloatVector t = x.mul(x);
        FloatVector q = all(T13).fma(t, all(T11));
        q = fma(q, t, T9);
        q = fma(q, t, T7);
        q = fma(q, t, T5);
        q = fma(q, t, T3);
        return q.mul(t).fma(x, x);
    }

    public static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        return all(1f).blend(e, x.compare(LT, 0f)).div(e.add(1f));
    }

    public static FloatVector erf(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector large = all(1f).sub(expNormal(logErfc(a)));
        large = large.blend(all(1f), a.compare(GT, ERF_ONE));
        return withSign(large.blend(erfSmall(x), a.compare(LT, ERF_SMALL)), x);
    }

    private static FloatVector erfSmall(FloatVector x) {
        FloatVector t = x.mul(x);
        FloatVector q = all(F13).fma(t, all(F11));
        q = fma(q, t, F9);
        q = fma(q, t, F7);
        q = fma(q, t, F5);
        q = fma(q, t, F3);
        q = fma(q, t, F1);
        return q.fma(x, x);
    }

    private static FloatVector logErfc(FloatVector a) {
        FloatVector g = all(G7).fma(a, all(G6));
        g = fma(g, a, G5);
        g = fma(g, a, G4);
        g = fma(g, a, G3);
        g = fma(g, a, G2);
        g = fma(g, a, G1);
        return fma(g, a, G0);
    }

    /** sin(x + quadrant pi/2) for numbers of at most TRIG_MAX. */
    public static FloatVector sinReduced(FloatVector x, int quadrant) {
        FloatVector z = rounded(x, TWO_BY_PI);
        FloatVector n = z.sub(ROUND);
        FloatVector near = fma(n, -PIO2_2, fma(n, -PIO2_1, x));
        FloatVector w = n.mul(PIO2_3);
        FloatVector r = near.sub(w);
        FloatVector lost = fma(n, -PIO2_4, near.sub(r).sub(w).sub(fma(n, PIO2_3, w.neg())));
        FloatVector t = r.mul(r);
        IntVector k = integer(z).add(quadrant);
        FloatVector y = sinPolynomial(r, t, lost).blend(cosPolynomial(t), odd(k));
        IntVector sign = k.and(2).lanewise(VectorOperators.LSHL, 30);
        return y.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
    }

    private static VectorMask<Float> odd(IntVector k) {
        return k.and(1).compare(VectorOperators.NE, 0).cast(Lanes.F32);
    }

    private static FloatVector sinPolynomial(FloatVector r, FloatVector t, FloatVector lost) {
        FloatVector s = all(S9).fma(t, all(S7));
        s = fma(s, t, S5);
        s = fma(s, t, S3);
        return withSign(r.add(s.mul(t).fma(r, lost)), r);
    }

    private static FloatVector cosPolynomial(FloatVector t) {
        FloatVector c = all(C10).fma(t, all(C8));
        c = fma(c, t, C6);
        c = fma(c, t, C4);
        c = fma(c, t, -0.5f);
        return fma(c, t, 1f);
    }

    public static FloatVector rsqrt(FloatVector x) {
        return all(1f).div(x.sqrt());
    }

    public static FloatVector silu(FloatVector x) {
        return x.mul(sigmoid(x));
    }

    public static FloatVector gelu(FloatVector x) {
        return x.mul(0.5f).mul(erf(x.mul(SQRT_HALF)).add(1f));
    }

    public static FloatVector geluGradient(FloatVector x) {
        FloatVector density = exp(x.mul(-0.5f).mul(x)).mul(DENSITY);
        return x.fma(density, erf(x.mul(SQRT_HALF)).add(1f).mul(0.5f));
    }

    public static FloatVector geluTanh(FloatVector x) {
        return x.mul(0.5f).mul(tanh(geluInner(x)).add(1f));
    }

    private static FloatVector geluInner(FloatVector x) {
        return x.mul(GELU_CUBE).mul(x).fma(x, x).mul(GELU_TANH);
    }

    public static FloatVector geluTanhGradient(FloatVector x) {
        FloatVector x2 = x.mul(x);
        FloatVector t = tanh(x2.mul(GELU_CUBE).fma(x, x).mul(GELU_TANH));
        FloatVector slope = all(3f * GELU_CUBE).fma(x2, all(1f)).mul(GELU_TANH);
        return x.mul(0.5f).mul(t.neg().fma(t, all(1f))).fma(slope, t.add(1f).mul(0.5f));
    }

    private static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
        IntVector bit = sign.reinterpretAsInts().and(0x80000000);
        return magnitude.reinterpretAsInts().or(bit).reinterpretAsFloats();
    }
}

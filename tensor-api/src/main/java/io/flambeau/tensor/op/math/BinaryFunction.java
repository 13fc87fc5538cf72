package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Elementwise functions of two operands of equal spec that are no primitives. */
public enum BinaryFunction implements Pointwise {
    /** The angle of the point (y, x); the first operand is y. */
    ATAN2(
            StrictMath::atan2,
            null,
            (g, s) -> g.mul(s[1].div(s[0].square().add(s[1].square()))),
            (g, s) -> g.mul(s[0].neg().div(s[0].square().add(s[1].square())))),
    /** The square root of the sum of squares, without overflow. */
    HYPOT(StrictMath::hypot, null, (g, s) -> g.mul(s[0].div(s[2])), (g, s) -> g.mul(s[1].div(s[2]))),
    /** The first with the sign of the second. */
    COPYSIGN(Math::copySign, null, BinaryFunction::copysignSlope, (g, s) -> g.zerosLike()),
    /** 0 below zero and for NaN, 1 above, the second operand at zero. Without gradient. */
    HEAVISIDE(Elementary::heaviside, (x, v) -> x == 0 ? v : x < 0 ? 0 : 1, null, null),
    /** The greater, a number before NaN, the first of equal ones. */
    FMAX(
            (x, y) -> Double.isNaN(x) || y > x ? y : x,
            Math::max,
            (g, s) -> g.where(s[0].ge(s[1]).logicalOr(s[1].isnan()), g.zerosLike()),
            (g, s) -> g.zerosLike().where(s[0].ge(s[1]).logicalOr(s[1].isnan()), g)),
    /** The smaller, a number before NaN, the first of equal ones. */
    FMIN(
            (x, y) -> Double.isNaN(x) || y < x ? y : x,
            Math::min,
            (g, s) -> g.where(s[0].le(s[1]).logicalOr(s[1].isnan()), g.zerosLike()),
            (g, s) -> g.zerosLike().where(s[0].le(s[1]).logicalOr(s[1].isnan()), g)),
    /** log(exp(x) + exp(y)) without overflow. */
    LOGADDEXP(
            Elementary::logAddExp,
            null,
            (g, s) -> g.mul(s[1].sub(s[0]).exp().add(1).reciprocal().conj()),
            (g, s) -> g.mul(s[0].sub(s[1]).exp().add(1).reciprocal().conj())) {
        @Override
        public Complex apply(Complex a, Complex b, Complex c) {
            if (a.re() == b.re() && Double.isInfinite(a.re())) {
                return a.re() < 0 ? a : a.exp().plus(b.exp()).log();
            }
            Complex high = a.re() >= b.re() ? a : b;
            Complex low = high == a ? b : a;
            return high.plus(low.minus(high).exp().log1p());
        }
    },
    /** log2(2^x + 2^y) without overflow. */
    LOGADDEXP2(
            Elementary::logAddExp2,
            null,
            (g, s) -> g.mul(s[1].sub(s[0]).exp2().add(1).reciprocal()),
            (g, s) -> g.mul(s[0].sub(s[1]).exp2().add(1).reciprocal())),
    /** x log(y), 0 where x is 0 unless y is NaN. */
    XLOGY(
            Elementary::xlogy,
            null,
            (g, s) -> g.zerosLike().where(s[0].eq(0).logicalAnd(s[1].le(0)), g.mul(s[1].log())),
            (g, s) -> g.mul(s[0]).div(s[1])),
    /** The greatest common divisor, not negative. */
    GCD(null, Elementary::gcd, null, null),
    /** The least common multiple, not negative. */
    LCM(null, Elementary::lcm, null, null),
    /** x 2^y; all bits are gone for negative or large y. */
    BITWISE_LEFT_SHIFT(null, (x, y) -> y < 0 || y > 63 ? 0 : x << y, null, null),
    /** x / 2^y rounded down; only the sign is left for negative or large y. */
    BITWISE_RIGHT_SHIFT(null, (x, y) -> x >> (y < 0 || y > 63 ? 63 : y), null, null);

    private final @Nullable DoubleBinaryOperator real;
    private final @Nullable LongBinaryOperator integer;
    private final Pullback.@Nullable Part first;
    private final Pullback.@Nullable Part second;

    BinaryFunction(
            @Nullable DoubleBinaryOperator real,
            @Nullable LongBinaryOperator integer,
            Pullback.@Nullable Part first,
            Pullback.@Nullable Part second) {
        this.real = real;
        this.integer = integer;
        this.first = first;
        this.second = second;
    }

    private static Tensor copysignSlope(Tensor g, Tensor[] s) {
        Tensor slope = g.mul(s[2].div(s[0]));
        return slope.zerosLike().where(s[0].eq(0), slope);
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public String c() {
        return switch (this) {
            case ATAN2 -> "atan2(a, b)";
            case HYPOT -> "hypot(a, b)";
            case COPYSIGN -> "copysign(a, b)";
            case HEAVISIDE -> "a == 0 ? b : a > 0 ? 1 : 0";
            case FMAX -> "a != a || b > a ? b : a";
            case FMIN -> "a != a || b < a ? b : a";
            case LOGADDEXP -> "a == b && fabs(a) == INFINITY_R ? a : MAX_OF(a, b) + log1p(exp(-fabs(a - b)))";
            case LOGADDEXP2 ->
                "a == b && fabs(a) == INFINITY_R ? a : MAX_OF(a, b) + log1p(exp2(-fabs(a - b))) * (R)1.4426950408889634";
            case XLOGY -> "b != b ? b : a == 0 ? 0 : a * log(b)";
            case GCD -> "GCD(a, b)";
            case LCM -> "GCD(a, b) == 0 ? 0 : MAX_OF(a / GCD(a, b) * b, -(a / GCD(a, b) * b))";
            case BITWISE_LEFT_SHIFT -> "b < 0 || b > 63 ? 0 : a << b";
            case BITWISE_RIGHT_SHIFT -> "a >> (b < 0 || b > 63 ? 63 : b)";
        };
    }

    @Override
    public String complexC() {
        return this == LOGADDEXP ? "zw_log_add_exp(a, b)" : "";
    }

    @Override
    public double apply(double a, double b, double c) {
        return real == null ? Pointwise.super.apply(a, b, c) : real.applyAsDouble(a, b);
    }

    @Override
    public long apply(long a, long b, long c) {
        return integer == null ? Pointwise.super.apply(a, b, c) : integer.applyAsLong(a, b);
    }

    @Override
    public boolean isDefined(DType dtype) {
        return switch (dtype.category()) {
            case BOOL -> this == FMAX || this == FMIN || this == HEAVISIDE;
            case INTEGRAL -> integer != null;
            case FLOATING -> real != null;
            case COMPLEX -> this == LOGADDEXP;
        };
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        if (first == null) {
            return Pullback.refused(this, 2);
        }
        return Pullback.saving(in[0], in[1], out[0]).of(first, second);
    }
}

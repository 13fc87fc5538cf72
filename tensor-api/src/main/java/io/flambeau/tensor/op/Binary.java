package io.flambeau.tensor.op;

import static io.flambeau.tensor.op.Binary.Domain.LOGIC;
import static io.flambeau.tensor.op.Binary.Domain.NUMBER;
import static io.flambeau.tensor.op.Binary.Domain.REAL;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Elementwise functions of two operands of equal spec, with their definitions on doubles, integers and complex numbers,
 * and their gradients. The result has the operands' spec.
 */
public enum Binary implements Primitive {
    /** On BOOL: or. */
    ADD(Domain.ANY, (x, y) -> x + y, (x, y) -> x + y, Complex::plus),
    SUB(NUMBER, (x, y) -> x - y, (x, y) -> x - y, Complex::minus),
    /** On BOOL: and. */
    MUL(Domain.ANY, (x, y) -> x * y, (x, y) -> x * y, Complex::times),
    /** True division, of floating and complex dtypes. */
    DIV(Domain.FLOATING, (x, y) -> x / y, null, Complex::over),
    /** x to the power of y; integers wrap, and a negative integer exponent gives 0, or 1 or -1 for bases 1 and -1. */
    POW(NUMBER, Scalars::pow, Scalars::pow, Complex::pow),
    /** The greater; NaN if either is. */
    MAXIMUM(Domain.COMPARABLE, Math::max, Math::max, null),
    /** The smaller; NaN if either is. */
    MINIMUM(Domain.COMPARABLE, Math::min, Math::min, null),
    /** The rest with the sign of the divisor, as Python's {@code %}. */
    REMAINDER(REAL, Scalars::remainder, Scalars::remainder, null),
    /** The rest with the sign of the dividend, as C's {@code fmod}. */
    FMOD(REAL, (x, y) -> x % y, Scalars::fmod, null),
    /** The quotient rounded down, as Python's {@code //}. */
    FLOOR_DIVIDE(REAL, Scalars::floorDivide, Scalars::floorDivide, null),
    /** The quotient rounded toward zero. */
    TRUNC_DIVIDE(REAL, Scalars::truncDivide, Scalars::truncDivide, null),
    BITWISE_AND(LOGIC, null, (x, y) -> x & y, null),
    BITWISE_OR(LOGIC, null, (x, y) -> x | y, null),
    BITWISE_XOR(LOGIC, null, (x, y) -> x ^ y, null);

    /** Which dtypes a function is defined for. */
    enum Domain {
        ANY,
        /** Everything but BOOL. */
        NUMBER,
        /** Everything but complex. */
        COMPARABLE,
        /** Everything but BOOL and complex. */
        REAL,
        /** Floating and complex. */
        FLOATING,
        /** BOOL and integers. */
        LOGIC
    }

    private final Domain domain;
    private final @Nullable DoubleBinaryOperator real;
    private final @Nullable LongBinaryOperator integer;
    private final @Nullable BinaryOperator<Complex> complex;

    Binary(
            Domain domain,
            @Nullable DoubleBinaryOperator real,
            @Nullable LongBinaryOperator integer,
            @Nullable BinaryOperator<Complex> complex) {
        this.domain = domain;
        this.real = real;
        this.integer = integer;
        this.complex = complex;
    }

    /** The definition on real numbers. */
    public double apply(double x, double y) {
        return Objects.requireNonNull(real).applyAsDouble(x, y);
    }

    /** The definition on integers in 64 bits; narrowed by the caller. On BOOL any nonzero result stands for true. */
    public long apply(long x, long y) {
        return Objects.requireNonNull(integer).applyAsLong(x, y);
    }

    /** The definition on complex numbers. */
    public Complex apply(Complex x, Complex y) {
        return Objects.requireNonNull(complex).apply(x, y);
    }

    /** Whether the function is defined for elements of this dtype. */
    public boolean isDefined(DType dtype) {
        return switch (dtype.category()) {
            case BOOL -> domain == Domain.ANY || domain == LOGIC || domain == Domain.COMPARABLE;
            case INTEGRAL -> domain != Domain.FLOATING;
            case FLOATING -> domain != LOGIC;
            case COMPLEX -> complex != null;
        };
    }

    void check(Spec x) {
        if (!isDefined(x.dtype())) {
            String advice = this == SUB && x.dtype() == DType.BOOL
                    ? "; use bitwiseXor or logicalNot"
                    : "; convert with to(dtype)";
            throw new DTypeException(title(), "is not defined for " + x.dtype() + advice, Fault.BAD_DTYPE);
        }
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireSame(this, in[0], in[1]);
        check(in[0]);
        return new Spec[] {in[0]};
    }

    @Override
    public @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        Tensor x = in[0];
        Tensor y = in[1];
        return switch (this) {
            case ADD -> Pullback.of((g, s) -> g, (g, s) -> g);
            case SUB -> Pullback.of((g, s) -> g, (g, s) -> g.neg());
            case MUL ->
                Pullback.saving(x, y)
                        .of((g, s) -> g.mul(s[1].conj()), (g, s) -> g.mul(s[0].conj()))
                        .reading(0b10, 0b01);
            case DIV ->
                Pullback.saving(y, out[0])
                        .of(
                                (g, s) -> g.div(s[0].conj()),
                                (g, s) -> g.mul(s[1].div(s[0]).neg().conj()))
                        .reading(0b01, 0b11);
            case POW -> Pullback.saving(x, y, out[0]).of((g, s) -> powBase(g, s[0], s[1]), (g, s) -> powExponent(g, s));
            case MAXIMUM ->
                Pullback.saving(x, y)
                        .of((g, s) -> tied(g, s[0], s[1], s[0].lt(s[1])), (g, s) -> tied(g, s[0], s[1], s[1].lt(s[0])));
            case MINIMUM ->
                Pullback.saving(x, y)
                        .of((g, s) -> tied(g, s[0], s[1], s[0].gt(s[1])), (g, s) -> tied(g, s[0], s[1], s[1].gt(s[0])));
            case REMAINDER ->
                Pullback.saving(x, y)
                        .of(
                                (g, s) -> g,
                                (g, s) -> g.mul(Tensor.bind(FLOOR_DIVIDE, s[0], s[1]))
                                        .neg());
            case FMOD ->
                Pullback.saving(x, y)
                        .of((g, s) -> g, (g, s) -> g.mul(s[0].div(s[1]).trunc()).neg());
            case FLOOR_DIVIDE, TRUNC_DIVIDE -> Pullback.of((g, s) -> g.zerosLike(), (g, s) -> g.zerosLike());
            case BITWISE_AND, BITWISE_OR, BITWISE_XOR -> null;
        };
    }

    /** Half to each operand where they are equal, nothing where this one lost. */
    private static Tensor tied(Tensor g, Tensor x, Tensor y, Tensor lost) {
        return g.zerosLike().where(lost, g.mul(0.5).where(x.eq(y), g));
    }

    private static Tensor powBase(Tensor g, Tensor x, Tensor y) {
        Tensor slope = g.mul(y.mul(x.pow(y.sub(1))).conj());
        return slope.zerosLike().where(y.eq(0), slope);
    }

    private static Tensor powExponent(Tensor g, Tensor[] s) {
        Tensor slope = g.mul(s[2].mul(s[0].log()).conj());
        // 0 to any power stays 0 nearby, where log would give an infinity.
        Tensor flat = s[0].eq(0);
        if (!s[1].dtype().isComplex()) {
            flat = flat.logicalAnd(s[1].ge(0));
        }
        return slope.zerosLike().where(flat, slope);
    }

    /** The gradient for one tensor operand when the other is a scalar. */
    @Nullable Pullback scalarPullback(Tensor x, Tensor out, Scalar c, boolean left) {
        Scalar conj =
                c.category() == DType.Category.COMPLEX ? Scalar.of(c.complex().conj()) : c;
        return switch (this) {
            case ADD -> Pullback.of((g, s) -> g);
            case SUB -> left ? Pullback.of((g, s) -> g.neg()) : Pullback.of((g, s) -> g);
            case MUL -> Pullback.of((g, s) -> g.mul(conj));
            case DIV ->
                left
                        ? Pullback.saving(x, out)
                                .of((g, s) -> g.mul(s[1].div(s[0]).neg().conj()))
                        : Pullback.of((g, s) -> g.div(conj));
            case POW -> left ? scalarBase(x, out, c) : scalarExponent(x, c);
            case MAXIMUM -> Pullback.saving(x).of((g, s) -> tied(g, s[0], s[0].fullLike(c), s[0].lt(c)));
            case MINIMUM -> Pullback.saving(x).of((g, s) -> tied(g, s[0], s[0].fullLike(c), s[0].gt(c)));
            case REMAINDER, FMOD ->
                left
                        ? Pullback.saving(x).of((g, s) -> {
                            Tensor dividend = s[0].fullLike(c);
                            Tensor quotient = this == FMOD
                                    ? dividend.div(s[0]).trunc()
                                    : Tensor.bind(FLOOR_DIVIDE, dividend, s[0]);
                            return g.mul(quotient).neg();
                        })
                        : Pullback.of((g, s) -> g);
            case FLOOR_DIVIDE, TRUNC_DIVIDE -> Pullback.of((g, s) -> g.zerosLike());
            case BITWISE_AND, BITWISE_OR, BITWISE_XOR -> null;
        };
    }

    private static Pullback scalarExponent(Tensor x, Scalar c) {
        if (c.re() == 0 && c.im() == 0) {
            return Pullback.of((g, s) -> g.zerosLike());
        }
        Scalar less = switch (c.category()) {
            case COMPLEX -> Scalar.of(c.complex().minus(Complex.ONE));
            case FLOATING -> Scalar.of(c.re() - 1);
            default -> Scalar.of(c.integer() - 1);
        };
        return Pullback.saving(x).of((g, s) -> g.mul(s[0].pow(less).mul(c).conj()));
    }

    private static Pullback scalarBase(Tensor x, Tensor out, Scalar c) {
        boolean zero = c.re() == 0 && c.im() == 0;
        Scalar log = c.category() == DType.Category.COMPLEX
                ? Scalar.of(c.complex().log())
                : Scalar.of(StrictMath.log(c.re()));
        return Pullback.saving(x, out).of((g, s) -> {
            Tensor slope = g.mul(s[1].mul(log).conj());
            return zero && !s[0].dtype().isComplex() ? slope.zerosLike().where(s[0].ge(0), slope) : slope;
        });
    }

    static ArgumentException byZero(Op op) {
        return new ArgumentException(
                op.title(),
                "an integer divisor is 0; convert to a floating dtype or mask the zeros",
                Fault.BAD_ARGUMENT);
    }
}

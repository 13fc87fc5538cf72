package io.flambeau.tensor.op;

import static io.flambeau.tensor.op.Unary.Domain.ANY;
import static io.flambeau.tensor.op.Unary.Domain.FLOATING;
import static io.flambeau.tensor.op.Unary.Domain.LOGIC;
import static io.flambeau.tensor.op.Unary.Domain.NUMBER;
import static io.flambeau.tensor.op.Unary.Domain.REAL;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.internal.special.Erf;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Threshold;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Elementwise functions of one operand, with their definitions on doubles, integers and complex numbers, and their
 * gradients.
 *
 * <p>The definitions are what a backend may use and what it is compared with; a backend's own kernels may differ within
 * the project's tolerances. The result has the operand's dtype.
 */
public enum Unary implements Primitive {
    NEG(NUMBER, x -> -x, x -> -x, Complex::negate, (g, s) -> g.neg()),
    ABS(REAL, Math::abs, Math::abs, null, Save.INPUT, (g, s) -> g.mul(s[0].sign())),
    /** 1, 0 or -1; of complex numbers z / |z|, and 0 at 0. */
    SIGN(ANY, x -> x > 0 ? 1 : x < 0 ? -1 : x == x ? 0 : 0, Long::signum, Complex::sgn, (g, s) -> g.zerosLike()),
    CEIL(REAL, Math::ceil, x -> x, null, (g, s) -> g.zerosLike()),
    FLOOR(REAL, Math::floor, x -> x, null, (g, s) -> g.zerosLike()),
    /** To the nearest integer, ties to even. */
    ROUND(REAL, Math::rint, x -> x, null, (g, s) -> g.zerosLike()),
    TRUNC(REAL, x -> x < 0 ? Math.ceil(x) : Math.floor(x), x -> x, null, (g, s) -> g.zerosLike()),
    SQUARE(
            NUMBER,
            x -> x * x,
            x -> x * x,
            z -> z.times(z),
            Save.INPUT,
            (g, s) -> g.mul(s[0].mul(2).conj())),
    SQRT(
            FLOATING,
            Math::sqrt,
            null,
            Complex::sqrt,
            Save.OUTPUT,
            (g, s) -> g.div(s[0].mul(2).conj())),
    RSQRT(
            FLOATING,
            x -> 1 / Math.sqrt(x),
            null,
            Complex::rsqrt,
            Save.OUTPUT,
            (g, s) -> g.mul(s[0].mul(s[0]).mul(s[0]).mul(-0.5).conj())),
    RECIPROCAL(
            FLOATING,
            x -> 1 / x,
            null,
            Complex::reciprocal,
            Save.OUTPUT,
            (g, s) -> g.mul(s[0].square().neg().conj())),
    EXP(FLOATING, StrictMath::exp, null, Complex::exp, Save.OUTPUT, (g, s) -> g.mul(s[0].conj())),
    EXP2(
            FLOATING,
            x -> StrictMath.pow(2, x),
            null,
            z -> z.exp2(),
            Save.OUTPUT,
            (g, s) -> g.mul(s[0].mul(0.6931471805599453).conj())),
    EXPM1(
            FLOATING,
            StrictMath::expm1,
            null,
            Complex::expm1,
            Save.OUTPUT,
            (g, s) -> g.mul(s[0].add(1).conj())),
    LOG(FLOATING, StrictMath::log, null, Complex::log, Save.INPUT, (g, s) -> g.div(s[0].conj())),
    LOG2(
            FLOATING,
            Scalars::log2,
            null,
            Complex::log2,
            Save.INPUT,
            (g, s) -> g.div(s[0].mul(0.6931471805599453).conj())),
    LOG10(
            FLOATING,
            StrictMath::log10,
            null,
            Complex::log10,
            Save.INPUT,
            (g, s) -> g.div(s[0].mul(2.302585092994046).conj())),
    LOG1P(
            FLOATING,
            StrictMath::log1p,
            null,
            Complex::log1p,
            Save.INPUT,
            (g, s) -> g.div(s[0].add(1).conj())),
    SIN(
            FLOATING,
            StrictMath::sin,
            null,
            Complex::sin,
            Save.INPUT,
            (g, s) -> g.mul(s[0].cos().conj())),
    COS(
            FLOATING,
            StrictMath::cos,
            null,
            Complex::cos,
            Save.INPUT,
            (g, s) -> g.mul(s[0].sin().neg().conj())),
    TAN(
            FLOATING,
            StrictMath::tan,
            null,
            Complex::tan,
            Save.OUTPUT,
            (g, s) -> g.mul(s[0].square().add(1).conj())),
    ASIN(
            FLOATING,
            StrictMath::asin,
            null,
            Complex::asin,
            Save.INPUT,
            (g, s) -> g.mul(s[0].square().neg().add(1).rsqrt().conj())),
    ACOS(
            FLOATING,
            StrictMath::acos,
            null,
            Complex::acos,
            Save.INPUT,
            (g, s) -> g.mul(s[0].square().neg().add(1).rsqrt().neg().conj())),
    ATAN(
            FLOATING,
            StrictMath::atan,
            null,
            Complex::atan,
            Save.INPUT,
            (g, s) -> g.div(s[0].square().add(1).conj())),
    SINH(
            FLOATING,
            StrictMath::sinh,
            null,
            Complex::sinh,
            Save.INPUT,
            (g, s) -> g.mul(s[0].cosh().conj())),
    COSH(
            FLOATING,
            StrictMath::cosh,
            null,
            Complex::cosh,
            Save.INPUT,
            (g, s) -> g.mul(s[0].sinh().conj())),
    TANH(
            FLOATING,
            StrictMath::tanh,
            null,
            Complex::tanh,
            Save.OUTPUT,
            (g, s) -> g.mul(s[0].square().neg().add(1).conj())),
    ASINH(
            FLOATING,
            Elementary::asinh,
            null,
            Complex::asinh,
            Save.INPUT,
            (g, s) -> g.mul(s[0].square().add(1).rsqrt().conj())),
    ACOSH(FLOATING, Elementary::acosh, null, Complex::acosh, Save.INPUT, Unary::acoshSlope),
    ATANH(
            FLOATING,
            Elementary::atanh,
            null,
            Complex::atanh,
            Save.INPUT,
            (g, s) -> g.div(s[0].square().neg().add(1).conj())),
    SIGMOID(
            FLOATING,
            Elementary::sigmoid,
            null,
            Complex::sigmoid,
            Save.OUTPUT,
            (g, s) -> g.mul(s[0].mul(s[0].neg().add(1)).conj())),
    ERF(
            FLOATING,
            Erf::erf,
            null,
            null,
            Save.INPUT,
            (g, s) -> g.mul(s[0].square().neg().exp().mul(1.1283791670955126))),
    RELU(
            REAL,
            x -> x < 0 ? 0 : x,
            x -> Math.max(x, 0),
            null,
            Save.OUTPUT,
            (g, s) -> Tensor.bind(new ActivationBackward(new Threshold(0, 0)), g, s[0])),
    /** The complex conjugate; the identity on reals. */
    CONJ(ANY, x -> x, x -> x, Complex::conj, (g, s) -> g.conj()),
    /** All bits flipped; logical not of BOOL. */
    BITWISE_NOT(LOGIC, null, x -> ~x, null, null),
    /** Whether an element is zero, in the operand's dtype: 1 or 0. */
    LOGICAL_NOT(
            ANY,
            x -> x == 0 ? 1 : 0,
            x -> x == 0 ? 1 : 0,
            z -> z.re() == 0 && z.im() == 0 ? Complex.ONE : Complex.ZERO,
            null);

    /** Real numbers have it below -1 too, as in PyTorch; the roots of complex ones do not go together. */
    private static Tensor acoshSlope(Tensor g, Tensor[] s) {
        return s[0].dtype().isComplex()
                ? g.mul(s[0].sub(1).rsqrt().mul(s[0].add(1).rsqrt()).conj())
                : g.mul(s[0].square().sub(1).rsqrt());
    }

    /** Which dtypes a function is defined for. */
    enum Domain {
        ANY,
        /** Everything but BOOL. */
        NUMBER,
        /** Everything but BOOL and complex. */
        REAL,
        /** Floating and complex. */
        FLOATING,
        /** BOOL and integers. */
        LOGIC
    }

    private enum Save {
        NOTHING,
        INPUT,
        OUTPUT
    }

    private final Domain domain;
    private final @Nullable DoubleUnaryOperator real;
    private final @Nullable LongUnaryOperator integer;
    private final @Nullable UnaryOperator<Complex> complex;
    private final Save save;
    private final Pullback.@Nullable Part gradient;

    Unary(
            Domain domain,
            @Nullable DoubleUnaryOperator real,
            @Nullable LongUnaryOperator integer,
            @Nullable UnaryOperator<Complex> complex,
            Pullback.@Nullable Part gradient) {
        this(domain, real, integer, complex, Save.NOTHING, gradient);
    }

    Unary(
            Domain domain,
            @Nullable DoubleUnaryOperator real,
            @Nullable LongUnaryOperator integer,
            @Nullable UnaryOperator<Complex> complex,
            Save save,
            Pullback.@Nullable Part gradient) {
        this.domain = domain;
        this.real = real;
        this.integer = integer;
        this.complex = complex;
        this.save = save;
        this.gradient = gradient;
    }

    /** The definition on real numbers. */
    public double apply(double x) {
        return Objects.requireNonNull(real).applyAsDouble(x);
    }

    /** The definition on integers and booleans, in 64 bits; narrowed by the caller. */
    public long apply(long x) {
        return Objects.requireNonNull(integer).applyAsLong(x);
    }

    /** The definition on complex numbers. */
    public Complex apply(Complex z) {
        return Objects.requireNonNull(complex).apply(z);
    }

    /** Whether the function is defined for elements of this dtype. */
    public boolean isDefined(DType dtype) {
        return switch (dtype.category()) {
            case BOOL -> domain == ANY || domain == LOGIC;
            case INTEGRAL -> domain != FLOATING;
            case FLOATING -> domain != LOGIC;
            case COMPLEX -> complex != null;
        };
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (!isDefined(in[0].dtype())) {
            throw new DTypeException(
                    title(), "is not defined for " + in[0].dtype() + "; convert with to(dtype)", Fault.BAD_DTYPE);
        }
        return new Spec[] {in[0]};
    }

    @Override
    public @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        if (gradient == null) {
            return null;
        }
        if (this == SIGN && in[0].dtype().isComplex()) {
            return ComplexGradients.sgn(in[0], out[0]);
        }
        return switch (save) {
            case NOTHING -> Pullback.of(gradient);
            case INPUT -> Pullback.saving(in[0]).of(gradient);
            case OUTPUT -> Pullback.saving(out[0]).of(gradient);
        };
    }
}

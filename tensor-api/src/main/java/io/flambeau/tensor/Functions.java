package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.math.ComplexAbs;
import io.flambeau.tensor.op.math.Exponent;
import io.flambeau.tensor.op.math.Logit;
import io.flambeau.tensor.op.math.Mantissa;
import io.flambeau.tensor.op.math.NanToNum;
import io.flambeau.tensor.op.math.RoundDecimals;
import io.flambeau.tensor.op.math.UnaryFunction;
import org.jspecify.annotations.Nullable;

/** The methods of a tensor that apply a function to each element; integers are taken in the default floating dtype. */
public sealed interface Functions permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor unary(Unary op) {
        return Dispatch.one(op, self());
    }

    /** Functions on reals take integers in the default floating dtype. */
    private Tensor floating(Unary op) {
        Tensor x = self();
        return Dispatch.one(op, x.to(Promote.floating(x.dtype())));
    }

    default Tensor neg() {
        return unary(Unary.NEG);
    }

    /** This tensor; refuses BOOL, as {@link #neg} does. */
    default Tensor positive() {
        Tensor x = self();
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException("positive", "is not defined for bool", Fault.BAD_DTYPE);
        }
        return x;
    }

    /** The absolute value; of complex numbers the modulus, in their real dtype. */
    default Tensor abs() {
        Tensor x = self();
        return x.dtype().isComplex() ? Dispatch.one(ComplexAbs.COMPLEX_ABS, x) : unary(Unary.ABS);
    }

    /** 1, 0 or -1; 0 of NaN, as in PyTorch. Refuses complex dtypes; see {@link #sgn}. */
    default Tensor sign() {
        if (self().dtype().isComplex()) {
            throw new DTypeException("sign", "is not defined for " + self().dtype() + "; use sgn", Fault.BAD_DTYPE);
        }
        return unary(Unary.SIGN);
    }

    /** The sign; of complex numbers z / |z|, and 0 at 0. */
    default Tensor sgn() {
        return unary(Unary.SIGN);
    }

    default Tensor ceil() {
        return unary(Unary.CEIL);
    }

    default Tensor floor() {
        return unary(Unary.FLOOR);
    }

    /** To the nearest integer, ties to even. */
    default Tensor round() {
        return unary(Unary.ROUND);
    }

    /** To a multiple of 10^-decimals, ties to even. */
    default Tensor round(int decimals) {
        return decimals == 0 ? round() : Dispatch.one(new RoundDecimals(decimals), self());
    }

    default Tensor trunc() {
        return unary(Unary.TRUNC);
    }

    /** What lies behind the decimal point, with the sign of the number. */
    default Tensor frac() {
        Tensor x = self();
        if (!x.dtype().isFloating()) {
            throw new DTypeException("frac", "needs a floating dtype, not " + x.dtype(), Fault.BAD_DTYPE);
        }
        return x.sub(x.trunc());
    }

    /** Degrees as radians. */
    default Tensor deg2rad() {
        return real("deg2rad").mul(Math.PI / 180);
    }

    /** Radians as degrees. */
    default Tensor rad2deg() {
        return real("rad2deg").mul(180 / Math.PI);
    }

    private Tensor real(String name) {
        Tensor x = self();
        if (x.dtype().isComplex()) {
            throw new DTypeException(name, "is not defined for " + x.dtype(), Fault.BAD_DTYPE);
        }
        return x.to(Promote.floating(x.dtype()));
    }

    /** The angle in the complex plane, in the real dtype; 0 or π of real numbers. */
    default Tensor angle() {
        Tensor x = self();
        return Dispatch.one(UnaryFunction.ANGLE, x.to(Promote.floating(x.dtype())));
    }

    /** Whether the sign bit is set, as BOOL. */
    default Tensor signbit() {
        if (self().dtype().isComplex()) {
            throw new DTypeException("signbit", "is not defined for " + self().dtype(), Fault.BAD_DTYPE);
        }
        return Dispatch.one(UnaryFunction.SIGNBIT, self());
    }

    /** sin(πx) / (πx), 1 at 0. */
    default Tensor sinc() {
        Tensor x = self();
        return Dispatch.one(UnaryFunction.SINC, x.to(Promote.floating(x.dtype())));
    }

    /** log(x / (1 - x)). */
    default Tensor logit() {
        return logit(Double.NaN);
    }

    /** As {@link #logit()}, of values kept between eps and 1 - eps. */
    default Tensor logit(double eps) {
        Tensor x = real("logit");
        if (!x.dtype().isHalf()) {
            return Dispatch.one(new Logit(eps), x);
        }
        // PyTorch rounds every step of the half types.
        Tensor p = Double.isNaN(eps) ? within(x) : x.clamp(eps, 1 - eps);
        return p.div(p.rsub(1)).log();
    }

    /** Probabilities; all else is NaN, and its gradient too. */
    private static Tensor within(Tensor x) {
        return x.mul(x.onesLike().where(x.ge(0).logicalAnd(x.le(1)), x.fullLike(Scalar.of(Double.NaN))));
    }

    /** NaN as 0 and the infinities as the largest finite values. */
    default Tensor nanToNum() {
        return nanToNum(0, null, null);
    }

    /** NaN and the infinities replaced; null stands for the largest finite values. */
    default Tensor nanToNum(double nan, @Nullable Double positive, @Nullable Double negative) {
        Tensor x = self();
        double high = positive == null ? x.dtype().max() : positive;
        double low = negative == null ? -x.dtype().max() : negative;
        return x.dtype().isDifferentiable() ? Dispatch.one(new NanToNum(nan, high, low), x) : x.clone();
    }

    /** Mantissas in [0.5, 1) and exponents (I32) with x = mantissa 2^exponent. */
    default Tensor[] frexp() {
        Tensor x = self();
        if (!x.dtype().isFloating()) {
            throw new DTypeException("frexp", "needs a floating dtype, not " + x.dtype(), Fault.BAD_DTYPE);
        }
        Tensor exponent = Dispatch.one(Exponent.EXPONENT, x);
        return new Tensor[] {Dispatch.one(Mantissa.MANTISSA, x), exponent};
    }

    default Tensor square() {
        Tensor x = self();
        return x.dtype() == DType.BOOL ? x.to(DType.I64).square() : unary(Unary.SQUARE);
    }

    default Tensor sqrt() {
        return floating(Unary.SQRT);
    }

    default Tensor rsqrt() {
        return floating(Unary.RSQRT);
    }

    default Tensor reciprocal() {
        return floating(Unary.RECIPROCAL);
    }

    default Tensor exp() {
        return floating(Unary.EXP);
    }

    default Tensor exp2() {
        return floating(Unary.EXP2);
    }

    default Tensor expm1() {
        return floating(Unary.EXPM1);
    }

    default Tensor log() {
        return floating(Unary.LOG);
    }

    default Tensor log2() {
        return floating(Unary.LOG2);
    }

    default Tensor log10() {
        return floating(Unary.LOG10);
    }

    default Tensor log1p() {
        return floating(Unary.LOG1P);
    }

    default Tensor sin() {
        return floating(Unary.SIN);
    }

    default Tensor cos() {
        return floating(Unary.COS);
    }

    default Tensor tan() {
        return floating(Unary.TAN);
    }

    default Tensor asin() {
        return floating(Unary.ASIN);
    }

    default Tensor acos() {
        return floating(Unary.ACOS);
    }

    default Tensor atan() {
        return floating(Unary.ATAN);
    }

    default Tensor sinh() {
        return floating(Unary.SINH);
    }

    default Tensor cosh() {
        return floating(Unary.COSH);
    }

    default Tensor tanh() {
        return floating(Unary.TANH);
    }

    default Tensor asinh() {
        return floating(Unary.ASINH);
    }

    default Tensor acosh() {
        return floating(Unary.ACOSH);
    }

    default Tensor atanh() {
        return floating(Unary.ATANH);
    }

    default Tensor sigmoid() {
        return floating(Unary.SIGMOID);
    }

    default Tensor erf() {
        return floating(Unary.ERF);
    }

    /** max(x, 0); NaN stays NaN, and the gradient at 0 is 0. */
    default Tensor relu() {
        return unary(Unary.RELU);
    }

    /** The complex conjugate, as a new tensor; a real tensor itself. */
    default Tensor conj() {
        Tensor x = self();
        return x.dtype().isComplex() ? unary(Unary.CONJ) : x;
    }
}

package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Cast;
import io.flambeau.tensor.op.math.BinaryFunction;
import io.flambeau.tensor.op.math.Clamp;
import io.flambeau.tensor.op.math.NextAfter;
import org.jspecify.annotations.Nullable;

/**
 * The elementwise methods of a tensor: operands broadcast and promote as in PyTorch; numbers take part without becoming
 * tensors.
 */
public sealed interface Arithmetic permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** This tensor in a dtype; itself if it has it already. */
    default Tensor to(DType dtype) {
        Tensor x = self();
        return x.dtype() == dtype ? x : Dispatch.one(new Cast(dtype), x);
    }

    default Tensor add(Tensor other) {
        return Promote.binary(Binary.ADD, self(), other);
    }

    default Tensor add(Scalar other) {
        return Promote.binary(Binary.ADD, self(), other, false);
    }

    default Tensor add(double other) {
        return add(Scalar.of(other));
    }

    default Tensor add(long other) {
        return add(Scalar.of(other));
    }

    /** This plus {@code alpha} times the other. */
    default Tensor add(Tensor other, Scalar alpha) {
        return alpha.equals(Scalar.ONE) ? add(other) : Promote.scaled(self(), other, alpha, "add");
    }

    default Tensor sub(Tensor other) {
        return Promote.binary(Binary.SUB, self(), other);
    }

    default Tensor sub(Scalar other) {
        return Promote.binary(Binary.SUB, self(), other, false);
    }

    default Tensor sub(double other) {
        return sub(Scalar.of(other));
    }

    default Tensor sub(long other) {
        return sub(Scalar.of(other));
    }

    /** This minus {@code alpha} times the other. */
    default Tensor sub(Tensor other, Scalar alpha) {
        return alpha.equals(Scalar.ONE) ? sub(other) : Promote.scaled(self(), other, alpha, "sub");
    }

    /** The number minus this. */
    default Tensor rsub(Scalar other) {
        return Promote.binary(Binary.SUB, self(), other, true);
    }

    /** The number minus this. */
    default Tensor rsub(double other) {
        return rsub(Scalar.of(other));
    }

    default Tensor mul(Tensor other) {
        return Promote.binary(Binary.MUL, self(), other);
    }

    default Tensor mul(Scalar other) {
        return Promote.binary(Binary.MUL, self(), other, false);
    }

    default Tensor mul(double other) {
        return mul(Scalar.of(other));
    }

    default Tensor mul(long other) {
        return mul(Scalar.of(other));
    }

    /** True division: integers divide in the default floating dtype. */
    default Tensor div(Tensor other) {
        return Promote.binary(Binary.DIV, self(), other);
    }

    default Tensor div(Scalar other) {
        return Promote.binary(Binary.DIV, self(), other, false);
    }

    default Tensor div(double other) {
        return div(Scalar.of(other));
    }

    /** The number divided by this. */
    default Tensor rdiv(Scalar other) {
        return Promote.binary(Binary.DIV, self(), other, true);
    }

    /** The number divided by this. */
    default Tensor rdiv(double other) {
        return rdiv(Scalar.of(other));
    }

    /** The quotient rounded down. */
    default Tensor floorDivide(Tensor other) {
        return Promote.binary(Binary.FLOOR_DIVIDE, self(), other);
    }

    default Tensor floorDivide(Scalar other) {
        return Promote.binary(Binary.FLOOR_DIVIDE, self(), other, false);
    }

    /** The quotient rounded toward zero. */
    default Tensor truncDivide(Tensor other) {
        boolean real = Promote.dtype(self(), other).isFloating();
        return real ? div(other).trunc() : Promote.binary(Binary.TRUNC_DIVIDE, self(), other);
    }

    default Tensor truncDivide(Scalar other) {
        boolean real = Promote.dtype(self(), other).isFloating();
        return real ? div(other).trunc() : Promote.binary(Binary.TRUNC_DIVIDE, self(), other, false);
    }

    /** The rest with the sign of the divisor. */
    default Tensor remainder(Tensor other) {
        return Promote.binary(Binary.REMAINDER, self(), other);
    }

    default Tensor remainder(Scalar other) {
        return Promote.binary(Binary.REMAINDER, self(), other, false);
    }

    /** The number modulo this, with the sign of this. */
    default Tensor rremainder(Scalar other) {
        return Promote.binary(Binary.REMAINDER, self(), other, true);
    }

    /** The rest with the sign of the dividend. */
    default Tensor fmod(Tensor other) {
        return Promote.binary(Binary.FMOD, self(), other);
    }

    default Tensor fmod(Scalar other) {
        return Promote.binary(Binary.FMOD, self(), other, false);
    }

    default Tensor pow(Tensor exponent) {
        return Promote.binary(Binary.POW, self(), exponent);
    }

    /**
     * This to the power of a number; 2, 0.5, -0.5, -1 and 1 take their own ways.
     *
     * @throws ArgumentException for integers to a negative integer power
     */
    default Tensor pow(Scalar exponent) {
        Tensor x = self();
        if (x.dtype().isIntegral() && exponent.category() == DType.Category.INTEGRAL && exponent.integer() < 0) {
            throw new ArgumentException(
                    "pow",
                    "integers to a negative integer power are not integers: the exponent is " + exponent
                            + "; convert with to(dtype)",
                    Fault.BAD_ARGUMENT);
        }
        if (exponent.im() == 0 && x.dtype().isDifferentiable()) {
            if (exponent.re() == 2) {
                return x.square();
            } else if (exponent.re() == 1) {
                return x.clone();
            }
        }
        return Promote.binary(Binary.POW, x, exponent, false);
    }

    default Tensor pow(double exponent) {
        return pow(Scalar.of(exponent));
    }

    default Tensor pow(long exponent) {
        return pow(Scalar.of(exponent));
    }

    /** The number to the power of this. */
    default Tensor rpow(Scalar base) {
        return Promote.binary(Binary.POW, self(), base, true);
    }

    /** The greater of both; NaN if either is. */
    default Tensor maximum(Tensor other) {
        return Promote.binary(Binary.MAXIMUM, self(), other);
    }

    /** The smaller of both; NaN if either is. */
    default Tensor minimum(Tensor other) {
        return Promote.binary(Binary.MINIMUM, self(), other);
    }

    /** This to the power of another, in F64 or C128. */
    default Tensor floatPower(Tensor exponent) {
        Tensor x = self();
        DType dtype = x.dtype().isComplex() || exponent.dtype().isComplex() ? DType.C128 : DType.F64;
        return x.to(dtype).pow(exponent.to(dtype));
    }

    default Tensor floatPower(Scalar exponent) {
        Tensor x = self();
        boolean complex = x.dtype().isComplex() || exponent.category() == DType.Category.COMPLEX;
        return x.to(complex ? DType.C128 : DType.F64).pow(exponent);
    }

    /**
     * The quotient, rounded by PyTorch's {@code rounding_mode}.
     *
     * @param rounding {@code floor}, {@code trunc} or null for true division
     */
    default Tensor div(Tensor other, @Nullable String rounding) {
        return switch (rounding) {
            case null -> div(other);
            case "floor" -> floorDivide(other);
            case "trunc" -> truncDivide(other);
            default ->
                throw new ArgumentException(
                        "div", "rounding is '" + rounding + "'; it must be floor, trunc or null", Fault.BAD_ARGUMENT);
        };
    }

    default Tensor div(Scalar other, @Nullable String rounding) {
        return rounding == null ? div(other) : div(Tensors.scalar(other), rounding);
    }

    private Tensor pair(BinaryFunction op, Tensor other) {
        return Promote.pointwise(op, self(), other);
    }

    private Tensor floatingPair(BinaryFunction op, Tensor other) {
        return Promote.pointwise(op, Promote.floating(Promote.dtype(self(), other)), self(), other);
    }

    /** The greater of both; the other where one is NaN. */
    default Tensor fmax(Tensor other) {
        return pair(BinaryFunction.FMAX, other);
    }

    /** The smaller of both; the other where one is NaN. */
    default Tensor fmin(Tensor other) {
        return pair(BinaryFunction.FMIN, other);
    }

    /** The angle of the point (other, this), in (-π, π]. */
    default Tensor atan2(Tensor other) {
        return floatingPair(BinaryFunction.ATAN2, other);
    }

    /** The hypotenuse over both legs. */
    default Tensor hypot(Tensor other) {
        return pair(BinaryFunction.HYPOT, other);
    }

    /** This with the sign of the other. */
    default Tensor copysign(Tensor other) {
        return floatingPair(BinaryFunction.COPYSIGN, other);
    }

    default Tensor copysign(double other) {
        return Promote.copysign(self(), other);
    }

    /** 0 below zero, 1 above, {@code values} at zero. */
    default Tensor heaviside(Tensor values) {
        Tensor x = self();
        if (x.dtype() != values.dtype()) {
            throw new DTypeException(
                    "heaviside",
                    "dtypes " + x.dtype() + " and " + values.dtype() + " differ; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        return pair(BinaryFunction.HEAVISIDE, values);
    }

    /** The next value of the dtype toward the other. */
    default Tensor nextafter(Tensor other) {
        DType dtype = Promote.dtype(self(), other);
        return Promote.pointwise(new NextAfter(dtype), dtype, self(), other);
    }

    /** This times 2 to the power of the other. */
    default Tensor ldexp(Tensor other) {
        return mul(other.rpow(Scalar.of(2.0)));
    }

    /** log(exp(this) + exp(other)) without overflow. */
    default Tensor logaddexp(Tensor other) {
        return floatingPair(BinaryFunction.LOGADDEXP, other);
    }

    /** log2(2^this + 2^other) without overflow. */
    default Tensor logaddexp2(Tensor other) {
        return floatingPair(BinaryFunction.LOGADDEXP2, other);
    }

    /** this log(other), 0 where this is 0 unless the other is NaN. */
    default Tensor xlogy(Tensor other) {
        return floatingPair(BinaryFunction.XLOGY, other);
    }

    /** The greatest common divisor. */
    default Tensor gcd(Tensor other) {
        return pair(BinaryFunction.GCD, other);
    }

    /** The least common multiple. */
    default Tensor lcm(Tensor other) {
        return pair(BinaryFunction.LCM, other);
    }

    /** Values moved into [min, max]; null leaves a side open. */
    default Tensor clamp(@Nullable Scalar min, @Nullable Scalar max) {
        Tensor x = self();
        if (min == null && max == null) {
            throw new ArgumentException("clamp", "needs min, max or both; both are null", Fault.BAD_ARGUMENT);
        }
        DType dtype = x.dtype();
        dtype = min == null ? dtype : DType.promote(dtype, Promote.dtype(x, min));
        dtype = max == null ? dtype : DType.promote(dtype, Promote.dtype(x, max));
        return Dispatch.one(new Clamp(min, max), x.to(dtype));
    }

    default Tensor clamp(double min, double max) {
        return clamp(Scalar.of(min), Scalar.of(max));
    }

    default Tensor clampMin(Scalar min) {
        return clamp(min, null);
    }

    default Tensor clampMax(Scalar max) {
        return clamp((Scalar) null, max);
    }

    /** Values moved into [min, max], element by element; null leaves a side open. */
    default Tensor clamp(@Nullable Tensor min, @Nullable Tensor max) {
        return Promote.clamp(self(), min, max);
    }

    default Tensor clampMin(Tensor min) {
        return clamp(min, null);
    }

    default Tensor clampMax(Tensor max) {
        return clamp((Tensor) null, max);
    }

    /** This plus {@code value} times the product of two tensors. */
    default Tensor addcmul(Tensor first, Tensor second, Scalar value) {
        return Promote.fused("addcmul", in -> in[0].add(in[1].mul(in[2]), value), self(), first, second);
    }

    /** This plus {@code value} times the quotient of two tensors, which may not both be integers. */
    default Tensor addcdiv(Tensor first, Tensor second, Scalar value) {
        if (!Promote.dtype(first, second).isDifferentiable()) {
            throw new DTypeException(
                    "addcdiv", "integers do not divide here; convert one with to(dtype)", Fault.BAD_DTYPE);
        }
        return Promote.fused("addcdiv", in -> in[0].add(in[1].div(in[2]), value), self(), first, second);
    }

    /** The point between this and {@code end} at a weight from 0 to 1. */
    default Tensor lerp(Tensor end, double weight) {
        return lerp(end, Scalar.of(weight));
    }

    default Tensor lerp(Tensor end, Scalar weight) {
        requireLerp(end);
        return Promote.fused("lerp", in -> in[0].add(in[1].sub(in[0]).mul(weight)), self(), end);
    }

    default Tensor lerp(Tensor end, Tensor weight) {
        requireLerp(end);
        requireLerp(weight);
        return Promote.fused("lerp", in -> in[0].add(in[1].sub(in[0]).mul(in[2])), self(), end, weight);
    }

    private void requireLerp(Tensor other) {
        if (self().dtype() != other.dtype()) {
            throw new DTypeException(
                    "lerp",
                    "dtypes " + self().dtype() + " and " + other.dtype() + " differ; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
    }
}

package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Cast;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.math.ComplexAbs;

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

    /** The absolute value; of complex numbers the modulus, in their real dtype. */
    default Tensor abs() {
        Tensor x = self();
        return x.dtype().isComplex() ? Dispatch.one(ComplexAbs.COMPLEX_ABS, x) : unary(Unary.ABS);
    }

    /** 1, 0 or -1; 0 of NaN, as in PyTorch. */
    default Tensor sign() {
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

    default Tensor trunc() {
        return unary(Unary.TRUNC);
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

    /** All bits flipped; logical not of BOOL. */
    default Tensor bitwiseNot() {
        return unary(Unary.BITWISE_NOT);
    }

    /** Whether each element is zero, as BOOL. */
    default Tensor logicalNot() {
        return eq(Scalar.ZERO);
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
        return add(alpha.equals(Scalar.ONE) ? other : other.mul(alpha));
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
        return Promote.binary(Binary.TRUNC_DIVIDE, self(), other);
    }

    default Tensor truncDivide(Scalar other) {
        return Promote.binary(Binary.TRUNC_DIVIDE, self(), other, false);
    }

    /** The rest with the sign of the divisor. */
    default Tensor remainder(Tensor other) {
        return Promote.binary(Binary.REMAINDER, self(), other);
    }

    default Tensor remainder(Scalar other) {
        return Promote.binary(Binary.REMAINDER, self(), other, false);
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

    default Tensor bitwiseAnd(Tensor other) {
        return Promote.binary(Binary.BITWISE_AND, self(), other);
    }

    default Tensor bitwiseAnd(Scalar other) {
        return Promote.binary(Binary.BITWISE_AND, self(), other, false);
    }

    default Tensor bitwiseOr(Tensor other) {
        return Promote.binary(Binary.BITWISE_OR, self(), other);
    }

    default Tensor bitwiseOr(Scalar other) {
        return Promote.binary(Binary.BITWISE_OR, self(), other, false);
    }

    default Tensor bitwiseXor(Tensor other) {
        return Promote.binary(Binary.BITWISE_XOR, self(), other);
    }

    default Tensor bitwiseXor(Scalar other) {
        return Promote.binary(Binary.BITWISE_XOR, self(), other, false);
    }

    default Tensor logicalAnd(Tensor other) {
        return to(DType.BOOL).bitwiseAnd(other.to(DType.BOOL));
    }

    default Tensor logicalOr(Tensor other) {
        return to(DType.BOOL).bitwiseOr(other.to(DType.BOOL));
    }

    default Tensor logicalXor(Tensor other) {
        return to(DType.BOOL).bitwiseXor(other.to(DType.BOOL));
    }

    default Tensor eq(Tensor other) {
        return Promote.compare(Compare.EQ, self(), other);
    }

    default Tensor eq(Scalar other) {
        return Promote.compare(Compare.EQ, self(), other);
    }

    default Tensor eq(double other) {
        return eq(Scalar.of(other));
    }

    default Tensor eq(long other) {
        return eq(Scalar.of(other));
    }

    default Tensor ne(Tensor other) {
        return Promote.compare(Compare.NE, self(), other);
    }

    default Tensor ne(Scalar other) {
        return Promote.compare(Compare.NE, self(), other);
    }

    default Tensor ne(double other) {
        return ne(Scalar.of(other));
    }

    default Tensor ne(long other) {
        return ne(Scalar.of(other));
    }

    default Tensor lt(Tensor other) {
        return Promote.compare(Compare.LT, self(), other);
    }

    default Tensor lt(Scalar other) {
        return Promote.compare(Compare.LT, self(), other);
    }

    default Tensor lt(double other) {
        return lt(Scalar.of(other));
    }

    default Tensor lt(long other) {
        return lt(Scalar.of(other));
    }

    default Tensor le(Tensor other) {
        return Promote.compare(Compare.LE, self(), other);
    }

    default Tensor le(Scalar other) {
        return Promote.compare(Compare.LE, self(), other);
    }

    default Tensor le(double other) {
        return le(Scalar.of(other));
    }

    default Tensor le(long other) {
        return le(Scalar.of(other));
    }

    default Tensor gt(Tensor other) {
        return Promote.compare(Compare.GT, self(), other);
    }

    default Tensor gt(Scalar other) {
        return Promote.compare(Compare.GT, self(), other);
    }

    default Tensor gt(double other) {
        return gt(Scalar.of(other));
    }

    default Tensor gt(long other) {
        return gt(Scalar.of(other));
    }

    default Tensor ge(Tensor other) {
        return Promote.compare(Compare.GE, self(), other);
    }

    default Tensor ge(Scalar other) {
        return Promote.compare(Compare.GE, self(), other);
    }

    default Tensor ge(double other) {
        return ge(Scalar.of(other));
    }

    default Tensor ge(long other) {
        return ge(Scalar.of(other));
    }

    /** This where the BOOL condition holds, the other elsewhere. */
    default Tensor where(Tensor condition, Tensor other) {
        return Promote.where(condition, self(), other);
    }

    /** Whether each element is NaN. */
    default Tensor isnan() {
        Tensor x = self();
        return x.ne(x);
    }

    default Tensor zerosLike() {
        return fullLike(Scalar.ZERO);
    }

    default Tensor onesLike() {
        return fullLike(Scalar.ONE);
    }

    /** A new tensor of this one's spec with one value everywhere. */
    default Tensor fullLike(Scalar value) {
        return Tensors.full(self().spec(), value);
    }

    /** Zeros of this tensor's dtype and device. */
    default Tensor newZeros(Shape shape) {
        return Tensors.full(self().spec().with(shape), Scalar.ZERO);
    }

    /** A new tensor of this one's dtype and device with one value everywhere. */
    default Tensor newFull(Shape shape, Scalar value) {
        return Tensors.full(self().spec().with(shape), value);
    }
}

package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.math.BinaryFunction;

/** The methods of a tensor that compare and combine truth values or bits; comparisons give BOOL. */
public sealed interface Comparisons permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** All bits flipped; logical not of BOOL. */
    default Tensor bitwiseNot() {
        return Dispatch.one(Unary.BITWISE_NOT, self());
    }

    /** Whether each element is zero, as BOOL. */
    default Tensor logicalNot() {
        return eq(Scalar.ZERO);
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

    /** x 2^y of integers; all bits are gone for negative or large y. */
    default Tensor bitwiseLeftShift(Tensor other) {
        return shift(BinaryFunction.BITWISE_LEFT_SHIFT, other);
    }

    default Tensor bitwiseLeftShift(long other) {
        return bitwiseLeftShift(Tensors.scalar(other));
    }

    /** x / 2^y of integers, rounded down. */
    default Tensor bitwiseRightShift(Tensor other) {
        return shift(BinaryFunction.BITWISE_RIGHT_SHIFT, other);
    }

    default Tensor bitwiseRightShift(long other) {
        return bitwiseRightShift(Tensors.scalar(other));
    }

    private Tensor shift(BinaryFunction op, Tensor other) {
        return Promote.pointwise(op, self(), other);
    }

    default Tensor logicalAnd(Tensor other) {
        return self().to(DType.BOOL).bitwiseAnd(other.to(DType.BOOL));
    }

    default Tensor logicalOr(Tensor other) {
        return self().to(DType.BOOL).bitwiseOr(other.to(DType.BOOL));
    }

    default Tensor logicalXor(Tensor other) {
        return self().to(DType.BOOL).bitwiseXor(other.to(DType.BOOL));
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

    /** Whether each element is infinite. */
    default Tensor isinf() {
        Tensor x = self();
        if (x.dtype().isComplex()) {
            return x.real().isinf().logicalOr(x.imag().isinf());
        }
        return x.dtype().isFloating() ? x.abs().eq(Double.POSITIVE_INFINITY) : falses();
    }

    /** Whether each element is neither infinite nor NaN. */
    default Tensor isfinite() {
        Tensor x = self();
        if (x.dtype().isComplex()) {
            return x.real().isfinite().logicalAnd(x.imag().isfinite());
        }
        return x.dtype().isFloating() ? x.abs().lt(Double.POSITIVE_INFINITY) : falses().logicalNot();
    }

    default Tensor isposinf() {
        return isInfinity("isposinf", Double.POSITIVE_INFINITY);
    }

    default Tensor isneginf() {
        return isInfinity("isneginf", Double.NEGATIVE_INFINITY);
    }

    private Tensor isInfinity(String name, double infinity) {
        Tensor x = self();
        if (x.dtype().isComplex()) {
            throw new DTypeException(name, "is not defined for " + x.dtype(), Fault.BAD_DTYPE);
        }
        return x.dtype().isFloating() ? x.eq(infinity) : falses();
    }

    private Tensor falses() {
        return Tensors.full(self().spec().with(DType.BOOL), Scalar.ZERO);
    }

    /** Whether each element has no imaginary part. */
    default Tensor isreal() {
        Tensor x = self();
        return x.dtype().isComplex() ? x.imag().eq(0) : falses().logicalNot();
    }

    /** Whether each element of this and another differ by at most atol + rtol |other|; 1e-5 and 1e-8 in PyTorch. */
    default Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
        Tensor x = self();
        if (x.dtype() != other.dtype()) {
            throw new DTypeException(
                    "isclose",
                    "dtypes " + x.dtype() + " and " + other.dtype() + " differ; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        if (rtol < 0 || atol < 0) {
            throw new ArgumentException(
                    "isclose",
                    "rtol is " + rtol + " and atol " + atol + "; neither may be negative",
                    Fault.BAD_ARGUMENT);
        }
        Tensor close = x.eq(other);
        if (equalNan) {
            close = close.logicalOr(x.isnan().logicalAnd(other.isnan()));
        }
        if (rtol == 0 && atol == 0) {
            return close;
        }
        Tensor a = x.to(Promote.floating(x.dtype()));
        Tensor b = other.to(Promote.floating(other.dtype()));
        Tensor allowed = b.mul(rtol).abs().add(atol);
        Tensor distance = a.sub(b).abs();
        return close.logicalOr(distance.isfinite().logicalAnd(distance.le(allowed)));
    }

    default Tensor isclose(Tensor other) {
        return isclose(other, 1e-5, 1e-8, false);
    }

    /** Whether all elements are close; see {@link #isclose(Tensor, double, double, boolean)}. Reads the value. */
    default boolean allclose(Tensor other, double rtol, double atol, boolean equalNan) {
        return isclose(other, rtol, atol, equalNan).all().itemBoolean();
    }

    default boolean allclose(Tensor other) {
        return allclose(other, 1e-5, 1e-8, false);
    }

    /** Whether both have the same shape and elements. Reads the value. */
    default boolean equal(Tensor other) {
        return self().shape().equals(other.shape()) && self().eq(other).all().itemBoolean();
    }
}

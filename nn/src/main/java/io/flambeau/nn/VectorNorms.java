package io.flambeau.nn;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.math.SafeSqrt;

/** Norms of vectors along an axis, whose gradient at 0 is 0. */
final class VectorNorms {
    private VectorNorms() {}

    /** The p-norm along an axis that keeps size 1, half types rounded once; the greatest or least absolute value for infinite p. */
    static Tensor of(Tensor x, double p, int axis) {
        return x.dtype().isHalf() ? wide(x.to(DType.F32), p, axis).to(x.dtype()) : wide(x, p, axis);
    }

    private static Tensor wide(Tensor x, double p, int axis) {
        if (p == 2) {
            Tensor squares = x.dtype().isComplex() ? x.mul(x.conj()).real() : x.square();
            return Tensors.bind(SafeSqrt.SAFE_SQRT, squares.sum(true, axis));
        }
        Tensor size = x.abs();
        if (p == 1) {
            return size.sum(true, axis);
        } else if (p == Double.POSITIVE_INFINITY) {
            return size.amax(true, axis);
        } else if (p == Double.NEGATIVE_INFINITY) {
            return size.amin(true, axis);
        } else if (p == 0) {
            return size.sign().sum(true, axis);
        }
        Tensor sum = size.pow(p).sum(true, axis);
        Tensor zero = sum.eq(0);
        return sum.where(zero, sum.onesLike().where(zero, sum).pow(1 / p));
    }
}

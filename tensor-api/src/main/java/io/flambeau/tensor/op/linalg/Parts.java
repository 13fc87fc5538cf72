package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Iota;

/** Triangles, diagonals and other parts of matrices, as the gradients need them. */
public final class Parts {
    private Parts() {}

    private static Tensor offsets(Tensor x, long rows, long columns) {
        return index(x, columns).sub(index(x, rows).unsqueeze(1));
    }

    /** 0 … n - 1 (I64) on the device of x. */
    static Tensor index(Tensor x, long n) {
        return Tensors.bind(new Iota(new Spec(Shape.of(n), DType.I64, x.device()), Scalar.ZERO, Scalar.ONE));
    }

    /** The elements on and below a diagonal, zero elsewhere. */
    public static Tensor tril(Tensor x, long diagonal) {
        return x.where(offsets(x, x.size(-2), x.size(-1)).le(diagonal), zero(x));
    }

    /** The elements on and above a diagonal, zero elsewhere. */
    public static Tensor triu(Tensor x, long diagonal) {
        return x.where(offsets(x, x.size(-2), x.size(-1)).ge(diagonal), zero(x));
    }

    /** Vectors as diagonal matrices. */
    static Tensor diagonalMatrix(Tensor v) {
        long n = v.size(-1);
        return v.unsqueeze(-1).where(offsets(v, n, n).eq(0), zero(v));
    }

    /** The square matrices with another diagonal. */
    static Tensor withDiagonal(Tensor x, Tensor v) {
        return v.unsqueeze(-1).where(offsets(x, x.size(-1), x.size(-1)).eq(0), x);
    }

    /** Whether an element lies on the diagonal. */
    static Tensor isDiagonal(Tensor x) {
        return offsets(x, x.size(-2), x.size(-1)).eq(0);
    }

    static Tensor diagonal(Tensor x) {
        return x.diagonal(0, -2, -1);
    }

    static Tensor identity(Tensor x, long n) {
        return offsets(x, n, n).eq(0).to(x.dtype());
    }

    /** One matrix of the size and dtype of x with ones on its diagonal. */
    public static Tensor identity(Tensor x) {
        return isDiagonal(x).to(x.dtype());
    }

    /** x / y, and 0 where both are 0: what a cotangent of zero leaves of a quotient whose divisor vanishes. */
    static Tensor ratio(Tensor x, Tensor y) {
        Tensor one = y.newFull(Shape.SCALAR, Scalar.ONE);
        return x.div(one.where(x.eq(0).logicalAnd(y.eq(0)), y));
    }

    /** v[j] - v[i], with ones on the diagonal: what the entries beside it are divided by. */
    static Tensor gaps(Tensor v) {
        Tensor gaps = v.unsqueeze(-2).sub(v.unsqueeze(-1));
        return withDiagonal(gaps, v.onesLike());
    }

    /** x - adjoint(x). */
    static Tensor skew(Tensor x) {
        return x.sub(x.mH());
    }

    private static Tensor zero(Tensor x) {
        return x.newZeros(Shape.SCALAR);
    }
}

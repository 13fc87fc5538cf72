package io.flambeau.tensor;

import io.flambeau.tensor.internal.Contraction;
import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Wide;
import io.flambeau.tensor.op.MatMul;
import java.util.function.BinaryOperator;

/** The methods of a tensor that multiply matrices. */
public sealed interface Matrices permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /**
     * The matrix product: of two vectors their inner product; a vector is a row on the left, a column on the right;
     * axes before the last two are batches and broadcast.
     *
     * @throws DTypeException if the dtypes differ
     */
    default Tensor matmul(Tensor other) {
        Tensor x = self();
        if (x.rank() == 0 || other.rank() == 0) {
            throw new ShapeException(
                    "matmul",
                    "both need at least one axis; the shapes are " + x.shape() + " and " + other.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        if (x.rank() == 1) {
            Tensor row = x.unsqueeze(0).matmul(other.rank() == 1 ? other.unsqueeze(1) : other);
            return other.rank() == 1 ? row.reshape(Shape.SCALAR) : row.squeeze(-2);
        }
        if (other.rank() == 1) {
            return x.matmul(other.unsqueeze(1)).squeeze(-1);
        }
        if (x.rank() == other.rank() && x.rank() == 2) {
            return Dispatch.one(MatMul.MATMUL, x, other);
        }
        if (other.rank() == 2 && x.size(-1) == other.size(0)) {
            // Rows of all batches meet the same matrix: one product instead of many.
            Tensor rows = x.reshape(x.shape().range(0, x.rank() - 1).count(), x.size(-1));
            return Dispatch.one(MatMul.MATMUL, rows, other).reshape(x.shape().with(x.rank() - 1, other.size(1)));
        }
        Shape batch = Shape.broadcast(
                "matmul", x.shape().range(0, x.rank() - 2), other.shape().range(0, other.rank() - 2));
        Tensor left = x.expand(batch.concat(x.shape().range(x.rank() - 2, x.rank())));
        Tensor right = other.expand(batch.concat(other.shape().range(other.rank() - 2, other.rank())));
        return Dispatch.one(MatMul.MATMUL, left, right);
    }

    private static ShapeException misfit(String operation, Tensor x, Tensor y, String wanted) {
        return new ShapeException(
                operation, "the shapes are " + x.shape() + " and " + y.shape() + "; " + wanted, Fault.SHAPE_MISMATCH);
    }

    private static void requireRanks(String operation, Tensor x, int rankX, Tensor y, int rankY) {
        if (x.rank() != rankX || y.rank() != rankY) {
            throw misfit(operation, x, y, "it needs " + rankX + " and " + rankY + " axes");
        }
    }

    /** The product of two matrices. */
    default Tensor mm(Tensor other) {
        requireRanks("mm", self(), 2, other, 2);
        return Dispatch.one(MatMul.MATMUL, self(), other);
    }

    /** The products of two batches of matrices. */
    default Tensor bmm(Tensor other) {
        requireRanks("bmm", self(), 3, other, 3);
        return Dispatch.one(MatMul.MATMUL, self(), other);
    }

    /** The product of a matrix and a vector. */
    default Tensor mv(Tensor vector) {
        requireRanks("mv", self(), 2, vector, 1);
        return matmul(vector);
    }

    /** The sum of the products of two vectors' elements. */
    default Tensor dot(Tensor other) {
        requireRanks("dot", self(), 1, other, 1);
        if (self().size(0) != other.size(0)) {
            throw misfit("dot", self(), other, "the sizes must be equal");
        }
        return matmul(other);
    }

    /** As {@link #dot}, with the first vector conjugated. */
    default Tensor vdot(Tensor other) {
        requireRanks("vdot", self(), 1, other, 1);
        if (self().size(0) != other.size(0)) {
            throw misfit("vdot", self(), other, "the sizes must be equal");
        }
        return self().conj().dot(other);
    }

    /** All products of elements of two vectors. */
    default Tensor outer(Tensor other) {
        Tensor x = self();
        if (x.rank() != 1 || other.rank() != 1) {
            throw misfit("outer", x, other, "it needs two vectors");
        }
        return x.unsqueeze(1).mul(other.unsqueeze(0));
    }

    /** The sums of products over the last axes; a product where one has no axes. */
    default Tensor inner(Tensor other) {
        Tensor x = self();
        if (x.rank() == 0 || other.rank() == 0) {
            return x.mul(other);
        }
        if (x.size(-1) != other.size(-1)) {
            throw misfit("inner", x, other, "the last sizes must be equal");
        }
        return x.tensordot(other, new int[] {-1}, new int[] {-1});
    }

    /** beta this + alpha (first @ second). */
    default Tensor addmm(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        requireRanks("addmm", first, 2, second, 2);
        return added("addmm", first, second, beta, alpha, Tensor::matmul);
    }

    default Tensor addmm(Tensor first, Tensor second) {
        return addmm(first, second, Scalar.ONE, Scalar.ONE);
    }

    /** beta this + alpha (matrix @ vector). */
    default Tensor addmv(Tensor matrix, Tensor vector, Scalar beta, Scalar alpha) {
        requireRanks("addmv", matrix, 2, vector, 1);
        return added("addmv", matrix, vector, beta, alpha, Tensor::matmul);
    }

    /** beta this + alpha times the products of two vectors' elements. */
    default Tensor addr(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        if (first.rank() != 1 || second.rank() != 1) {
            throw misfit("addr", first, second, "it needs two vectors");
        }
        if (self().dtype().isHalf() && self().dtype() == first.dtype() && self().dtype() == second.dtype()) {
            // PyTorch rounds every step here, and the factors first.
            Tensor a = self().newFull(Shape.SCALAR, alpha);
            Tensor b = self().newFull(Shape.SCALAR, beta);
            Tensor product = first.mul(a).outer(second);
            return beta.re() == 0 && beta.im() == 0 ? product : self().mul(b).add(product);
        }
        return added("addr", first, second, beta, alpha, Tensor::outer);
    }

    /** beta this + alpha (first @ second) for batches of matrices. */
    default Tensor baddbmm(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        requireRanks("baddbmm", first, 3, second, 3);
        return added("baddbmm", first, second, beta, alpha, Tensor::matmul);
    }

    /** beta this + alpha times the sum over the batch of first @ second. */
    default Tensor addbmm(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        requireRanks("addbmm", first, 3, second, 3);
        if (self().dtype().isHalf()) {
            // PyTorch adds one product after the other, and each sum is rounded.
            Tensor sum = self().addmm(first.select(0, 0), second.select(0, 0), beta, alpha);
            for (long i = 1; i < first.size(0); i++) {
                sum = sum.addmm(first.select(0, i), second.select(0, i), Scalar.ONE, alpha);
            }
            return sum;
        }
        return added("addbmm", first, second, beta, alpha, (x, y) -> {
            Tensor products = x.matmul(y);
            return products.sum(0).to(products.dtype());
        });
    }

    /** A sum with a product, rounded once; what is multiplied by a beta of 0 does not count, not even NaN. */
    private Tensor added(
            String operation,
            Tensor first,
            Tensor second,
            Scalar scale,
            Scalar factor,
            BinaryOperator<Tensor> product) {
        DType dtype = DType.promote(self().dtype(), DType.promote(first.dtype(), second.dtype()));
        Scalar beta = dtype.isIntegral() ? Scalar.of((long) scale.re()) : scale;
        Scalar alpha = dtype.isIntegral() ? Scalar.of((long) factor.re()) : factor;
        Tensor[] in = {self().to(dtype), first.to(dtype), second.to(dtype)};
        return Wide.once(in, t -> {
            Tensor p = product.apply(t[1], t[2]);
            Tensor scaled = alpha.equals(Scalar.ONE) ? p : p.mul(alpha);
            if (dtype == DType.BOOL) {
                return scaled.logicalAnd(Tensors.scalar(alpha)).logicalOr(t[0].logicalAnd(Tensors.scalar(beta)));
            }
            Tensor base = t[0].expand(Shape.broadcast(operation, t[0].shape(), p.shape()));
            if (beta.re() == 0 && beta.im() == 0) {
                return scaled.add(base.zerosLike());
            }
            return (beta.equals(Scalar.ONE) ? base : base.mul(beta)).add(scaled);
        });
    }

    /** The Kronecker product: each element of this times the whole of the other. */
    default Tensor kron(Tensor other) {
        Tensor x = self();
        int rank = Math.max(x.rank(), other.rank());
        long[] left = new long[2 * rank];
        long[] right = new long[2 * rank];
        long[] sizes = new long[rank];
        for (int i = 0; i < rank; i++) {
            int a = i - (rank - x.rank());
            int b = i - (rank - other.rank());
            left[2 * i] = a < 0 ? 1 : x.size(a);
            left[2 * i + 1] = 1;
            right[2 * i] = 1;
            right[2 * i + 1] = b < 0 ? 1 : other.size(b);
            sizes[i] = left[2 * i] * right[2 * i + 1];
        }
        return x.reshape(left).mul(other.reshape(right)).reshape(sizes);
    }

    /** The sums of products over axes of both; the remaining axes of this come first. */
    default Tensor tensordot(Tensor other, int[] axes, int[] otherAxes) {
        return Contraction.tensordot(self(), other, axes, otherAxes);
    }

    /** As {@link #tensordot(Tensor, int[], int[])}, over the last axes of this and the first of the other. */
    default Tensor tensordot(Tensor other, int count) {
        int[] last = new int[count];
        int[] first = new int[count];
        for (int i = 0; i < count; i++) {
            last[i] = self().rank() - count + i;
            first[i] = i;
        }
        return tensordot(other, last, first);
    }

    /** The p-norm distances between all rows of this and all rows of the other. */
    default Tensor cdist(Tensor other, double p) {
        Tensor x = self();
        if (x.rank() < 2 || other.rank() < 2 || x.size(-1) != other.size(-1)) {
            throw misfit("cdist", x, other, "it needs two matrices or batches with rows of equal length");
        }
        return x.unsqueeze(-2).sub(other.unsqueeze(-3)).norm(p, -1);
    }
}

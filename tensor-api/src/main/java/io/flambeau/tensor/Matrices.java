package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.op.MatMul;

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
            return Dispatch.one(MatMul.MATMUL, rows, other)
                    .reshape(x.shape().with(x.rank() - 1, other.size(1)));
        }
        Shape batch = Shape.broadcast(
                "matmul", x.shape().range(0, x.rank() - 2), other.shape().range(0, other.rank() - 2));
        Tensor left = x.expand(batch.concat(x.shape().range(x.rank() - 2, x.rank())));
        Tensor right = other.expand(batch.concat(other.shape().range(other.rank() - 2, other.rank())));
        return Dispatch.one(MatMul.MATMUL, left, right);
    }
}

package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.NumericException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;

/** What linear algebra asks of its inputs, with the sentences it fails with. */
final class Checks {
    private Checks() {}

    /** A matrix or a batch of them, of a dtype in which factorisations are computed; returns the batch. */
    static Shape matrix(Op op, String name, Spec x) {
        if (!x.dtype().isDifferentiable() || x.dtype().isHalf()) {
            throw new DTypeException(
                    op.title(),
                    name + " must be of float32, float64, complex64 or complex128, not " + x.dtype()
                            + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
        int rank = x.shape().rank();
        if (rank < 2) {
            throw new ShapeException(
                    op.title(),
                    name + " must be a matrix or a batch of matrices, its shape is " + x.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        return x.shape().range(0, rank - 2);
    }

    static Shape square(Op op, String name, Spec x) {
        Shape batch = matrix(op, name, x);
        if (x.shape().size(-1) != x.shape().size(-2)) {
            throw new ShapeException(
                    op.title(), name + " must be square, its shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        return batch;
    }

    /** Two batches of matrices of one dtype, with equal numbers of rows. */
    static void sameRows(Op op, Spec a, Spec b) {
        Shape batch = matrix(op, "B", b);
        if (a.dtype() != b.dtype()) {
            throw new DTypeException(
                    op.title(),
                    "A is " + a.dtype() + " and B is " + b.dtype() + "; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        if (a.shape().size(-2) != b.shape().size(-2)
                || !batch.equals(a.shape().range(0, a.shape().rank() - 2))) {
            throw new ShapeException(
                    op.title(),
                    "shapes " + a.shape() + " of A and " + b.shape() + " of B do not fit: the equation is A X = B",
                    Fault.SHAPE_MISMATCH);
        }
    }

    static NumericException failed(Op op, int batch, int count, String problem) {
        String where = count > 1 ? "matrix " + batch + " of the batch " : "the matrix ";
        return new NumericException(op.title(), where + problem, Fault.NUMERIC);
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** The matrix product over the last two axes; the axes before are equal. F16 and BF16 accumulate in F32. */
public enum MatMul implements Primitive {
    MATMUL;

    @Override
    public Spec[] infer(Spec[] in) {
        Spec x = in[0];
        Spec y = in[1];
        Laws.requireDevice(this, x, y);
        if (x.dtype() != y.dtype()) {
            throw new DTypeException(
                    title(),
                    "dtypes " + x.dtype() + " and " + y.dtype() + " differ; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(title(), "is not defined for bool; convert with to(dtype)", Fault.BAD_DTYPE);
        }
        int rank = x.shape().rank();
        if (rank < 2 || rank != y.shape().rank()) {
            throw new ShapeException(
                    title(),
                    "shapes " + x.shape() + " and " + y.shape() + " are not two matrices or equal batches",
                    Fault.SHAPE_MISMATCH);
        }
        if (x.shape().size(-1) != y.shape().size(-2)) {
            throw new ShapeException(
                    title(),
                    "inner dimensions differ: left " + x.shape() + " has "
                            + x.shape().size(-1) + " columns, right " + y.shape() + " has "
                            + y.shape().size(-2) + " rows",
                    Fault.SHAPE_MISMATCH);
        }
        Shape batch = x.shape().range(0, rank - 2);
        if (!batch.equals(y.shape().range(0, rank - 2))) {
            throw new ShapeException(
                    title(), "batches of " + x.shape() + " and " + y.shape() + " differ", Fault.SHAPE_MISMATCH);
        }
        return new Spec[] {x.with(x.shape().with(rank - 1, y.shape().size(-1)))};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], in[1])
                .of(
                        (g, s) -> Tensor.bind(MATMUL, g, s[1].mT().conj()),
                        (g, s) -> Tensor.bind(MATMUL, s[0].mT().conj(), g))
                .reading(0b10, 0b01);
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;
import java.util.Arrays;

/** A tensor whose last axis holds real and imaginary parts as a complex one; the last axis is dropped. */
public enum ViewAsComplex implements ViewOp {
    VIEW_AS_COMPLEX;

    @Override
    public Spec[] infer(Spec[] in) {
        DType dtype = in[0].dtype();
        Shape shape = in[0].shape();
        if (dtype != DType.F32 && dtype != DType.F64) {
            throw new DTypeException(title(), "needs float32 or float64, not " + dtype, Fault.BAD_DTYPE);
        }
        if (shape.rank() == 0 || shape.size(-1) != 2) {
            throw new ShapeException(title(), "the last axis of " + shape + " must have size 2", Fault.BAD_SHAPE);
        }
        return new Spec[] {in[0].with(shape.without(shape.rank() - 1)).with(dtype.toComplex())};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        int rank = x.strides().length - 1;
        long[] strides = Arrays.copyOf(x.strides(), rank);
        boolean even = x.stride(rank) == 1 && x.offset() % 2 == 0;
        for (int i = 0; i < rank; i++) {
            even &= strides[i] % 2 == 0 || x.shape().size(i) <= 1;
            strides[i] /= 2;
        }
        if (!even) {
            throw new ShapeException(
                    title(),
                    "the parts must lie side by side at even places; strides are " + Axes.of(x.strides())
                            + ", the offset " + x.offset() + "; call contiguous() first",
                    Fault.NOT_VIEWABLE);
        }
        return new View[] {new View(x.storage(), out[0].dtype(), out[0].shape(), strides, x.offset() / 2)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> Tensor.bind(ViewAsReal.VIEW_AS_REAL, g.contiguous()));
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;

/** The diagonal of two axes, which are dropped, as a new last axis; {@code offset} counts diagonals to the right. */
public record Diagonal(long offset, int row, int column) implements ViewOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape shape = in[0].shape();
        Laws.requireAxis(this, in[0], row);
        Laws.requireAxis(this, in[0], column);
        if (row == column) {
            throw new ShapeException(title(), "both axes are axis " + row + " of shape " + shape, Fault.BAD_AXIS);
        }
        long length =
                Math.max(Math.min(shape.size(row) + Math.min(offset, 0), shape.size(column) - Math.max(offset, 0)), 0);
        Shape rest = shape.without(Math.max(row, column)).without(Math.min(row, column));
        return new Spec[] {in[0].with(rest.insert(rest.rank(), length))};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        long[] strides = new long[x.shape().rank() - 1];
        int n = 0;
        for (int i = 0; i < x.shape().rank(); i++) {
            if (i != row && i != column) {
                strides[n++] = x.stride(i);
            }
        }
        strides[n] = x.stride(row) + x.stride(column);
        long start =
                out[0].shape().size(-1) == 0 ? 0 : offset >= 0 ? offset * x.stride(column) : -offset * x.stride(row);
        return new View[] {x.with(out[0].shape(), strides, x.offset() + start)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Spec spec = in[0].spec();
        return Pullback.of((g, s) -> Tensor.bind(new Adjoint(this, spec), g));
    }
}

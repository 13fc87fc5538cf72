package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.spi.View;

/** The same bytes as another dtype; the last axis grows or shrinks with the size of an element. */
public record ViewDType(DType to) implements ViewOp {
    @Override
    public String title() {
        return "view";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        int from = in[0].dtype().bytes();
        Shape shape = in[0].shape();
        if (from == to.bytes()) {
            return new Spec[] {in[0].with(to)};
        }
        long bytes = shape.rank() == 0 ? 0 : shape.size(-1) * from;
        if (shape.rank() == 0 || bytes % to.bytes() != 0) {
            throw new ShapeException(
                    title(),
                    "the last axis of " + shape + " " + in[0].dtype() + " cannot be seen as " + to + ", of "
                            + to.bytes() + " bytes",
                    Fault.NOT_VIEWABLE);
        }
        return new Spec[] {
            in[0].with(shape.with(shape.rank() - 1, bytes / to.bytes())).with(to)
        };
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        int from = x.dtype().bytes();
        int rank = x.shape().rank();
        long[] strides = x.strides().clone();
        long offset = x.offset();
        if (from != to.bytes()) {
            boolean fits = strides[rank - 1] == 1 && offset * from % to.bytes() == 0;
            for (int i = 0; i < rank - 1; i++) {
                fits &= strides[i] * from % to.bytes() == 0;
                strides[i] = strides[i] * from / to.bytes();
            }
            if (!fits) {
                throw new ShapeException(
                        title(),
                        "strides " + Axes.of(x.strides()) + " do not allow a view as " + to,
                        Fault.NOT_VIEWABLE);
            }
            offset = offset * from / to.bytes();
        }
        return new View[] {new View(x.storage(), to, out[0].shape(), strides, offset)};
    }
}

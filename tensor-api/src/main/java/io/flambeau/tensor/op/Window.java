package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;

/**
 * Sliding windows over an axis: the axis then counts windows, and a last axis of the window's size is added.
 *
 * @param axis counted from 0
 * @param size elements in a window
 * @param step from one window's first element to the next one's
 * @param dilation from one element of a window to the next
 */
public record Window(int axis, long size, long step, long dilation) implements ViewOp {
    @Override
    public String title() {
        return "unfold";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Shape shape = in[0].shape();
        Laws.requireAxis(this, in[0], axis);
        long reach = size == 0 ? 0 : (size - 1) * dilation + 1;
        if (size < 0 || step <= 0 || dilation <= 0 || reach > shape.size(axis)) {
            throw new ShapeException(
                    title(),
                    "windows of size " + size + ", step " + step + " and dilation " + dilation + " do not fit axis "
                            + axis + " of shape " + shape,
                    Fault.BAD_ARGUMENT);
        }
        long count = (shape.size(axis) - reach) / step + 1;
        return new Spec[] {in[0].with(shape.with(axis, count).insert(shape.rank(), size))};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        int rank = x.shape().rank();
        long[] strides = java.util.Arrays.copyOf(x.strides(), rank + 1);
        strides[rank] = strides[axis] * dilation;
        strides[axis] *= step;
        return new View[] {x.with(out[0].shape(), strides, x.offset())};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Spec spec = in[0].spec();
        return Pullback.of((g, s) -> Tensor.bind(new Adjoint(this, spec), g));
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;

/** The axes in another order: axis i of the result is axis {@code order[i]}, counted from 0. */
public record Permute(Axes order) implements ViewOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape shape = in[0].shape();
        long seen = 0;
        for (int i = 0; i < order.count(); i++) {
            int axis = order.axis(i);
            if (axis >= 0 && axis < shape.rank()) {
                seen |= 1L << axis;
            }
        }
        if (order.count() != shape.rank() || Long.bitCount(seen) != shape.rank()) {
            throw new ShapeException(
                    title(), order + " is not an order of the " + shape.rank() + " axes of " + shape, Fault.BAD_AXIS);
        }
        long[] sizes = new long[order.count()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.size(order.axis(i));
        }
        return new Spec[] {in[0].with(Shape.of(sizes))};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        long[] strides = new long[order.count()];
        for (int i = 0; i < strides.length; i++) {
            strides[i] = x.stride(order.axis(i));
        }
        return new View[] {x.with(out[0].shape(), strides, x.offset())};
    }

    /** The order that undoes this one. */
    public Permute inverse() {
        int[] inverse = new int[order.count()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.axis(i)] = i;
        }
        return new Permute(Axes.of(inverse));
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Permute inverse = inverse();
        return Pullback.of((g, s) -> Tensor.bind(inverse, g));
    }
}

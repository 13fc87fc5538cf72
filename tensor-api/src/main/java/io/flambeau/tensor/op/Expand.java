package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;

/** Stretches axes of size 1, and adds axes in front, without copying; its gradient is a sum. */
public record Expand(Shape to) implements ViewOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape from = in[0].shape();
        int added = to.rank() - from.rank();
        boolean fits = added >= 0;
        for (int i = 0; fits && i < from.rank(); i++) {
            fits = from.size(i) == to.size(added + i) || from.size(i) == 1;
        }
        if (!fits) {
            throw new ShapeException(
                    title(),
                    "shape " + from + " cannot be expanded to " + to + ": only axes of size 1 stretch",
                    Fault.NO_BROADCAST);
        }
        return new Spec[] {in[0].with(to)};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        int added = to.rank() - x.shape().rank();
        long[] strides = new long[to.rank()];
        for (int i = added; i < strides.length; i++) {
            strides[i] = x.shape().size(i - added) == to.size(i) ? x.stride(i - added) : 0;
        }
        return new View[] {x.with(to, strides, x.offset())};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Shape from = in[0].shape();
        return Pullback.of((g, s) -> g.sumTo(from));
    }
}

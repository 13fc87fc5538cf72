package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;

/** Consecutive pieces along an axis, whose sizes add up to its size. */
public record Split(int axis, Axes sizes) implements ViewOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireAxis(this, in[0], axis);
        long total = 0;
        Spec[] out = new Spec[sizes.count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = in[0].with(in[0].shape().with(axis, sizes.at(i)));
            total += sizes.at(i);
        }
        if (total != in[0].shape().size(axis)) {
            throw new ShapeException(
                    title(),
                    "sizes " + sizes + " add up to " + total + ", axis " + axis + " of shape " + in[0].shape() + " has "
                            + in[0].shape().size(axis),
                    Fault.BAD_ARGUMENT);
        }
        return out;
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        View[] pieces = new View[out.length];
        long start = x.offset();
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = x.with(out[i].shape(), x.strides(), start);
            start += sizes.at(i) * x.stride(axis);
        }
        return pieces;
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.joint((g, s, needs) -> new Tensor[] {Tensor.bind(new Cat(axis), g)});
    }
}

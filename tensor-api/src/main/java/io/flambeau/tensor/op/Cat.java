package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** Tensors one after another along an axis; all other sizes are equal. */
public record Cat(int axis) implements Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireAxis(this, in[0], axis);
        long total = 0;
        for (int i = 0; i < in.length; i++) {
            Spec x = in[i];
            boolean fits = x.shape().rank() == in[0].shape().rank();
            if (!fits || !x.shape().with(axis, 0).equals(in[0].shape().with(axis, 0)) || x.dtype() != in[0].dtype()) {
                throw new ShapeException(
                        title(),
                        "tensor " + i + " is " + x + " and tensor 0 is " + in[0] + "; only axis " + axis
                                + " may differ",
                        Fault.SHAPE_MISMATCH);
            }
            Laws.requireDevice(this, in[0], x);
            total += x.shape().size(axis);
        }
        return new Spec[] {in[0].with(in[0].shape().with(axis, total))};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < in.length; i++) {
            specs[i] = in[i].spec();
        }
        Tensor out = Tensor.empty(infer(specs)[0]);
        long start = 0;
        for (Tensor x : in) {
            out.narrow(axis, start, x.size(axis)).copy_(x);
            start += x.size(axis);
        }
        return new Tensor[] {out};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        long[] sizes = new long[in.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = in[i].size(axis);
        }
        Split split = new Split(axis, Axes.of(sizes));
        return Pullback.joint((g, s, needs) -> Tensor.bindAll(split, g[0]));
    }
}

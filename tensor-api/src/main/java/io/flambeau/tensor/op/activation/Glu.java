package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/** The first half of an axis times the sigmoid of the second (Dauphin and others, 2017). */
public record Glu(int axis) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[0]);
        Laws.requireAxis(this, in[0], axis);
        long size = in[0].shape().size(axis);
        if (size % 2 != 0) {
            throw new ShapeException(
                    title(),
                    "axis " + axis + " of shape " + in[0].shape() + " must have an even size to be halved",
                    Fault.BAD_SHAPE);
        }
        return new Spec[] {in[0].with(in[0].shape().with(axis, size / 2))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        long half = in[0].size(axis) / 2;
        Tensor gate = in[0].narrow(axis, half, half).sigmoid();
        return new Tensor[] {in[0].narrow(axis, 0, half).mul(gate)};
    }
}

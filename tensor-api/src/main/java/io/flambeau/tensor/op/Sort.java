package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** A stable sort along the last axis: values and their former indices (I64). NaN is the greatest value. */
public record Sort(boolean descending) implements Primitive {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        Laws.requireAxis(this, in[0], in[0].shape().rank() - 1);
        return new Spec[] {in[0], in[0].with(DType.I64)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return pullback(in[0].shape(), out[1]);
    }

    /** Elements of a shape that were picked along its last axis get the cotangents back. */
    static Pullback pullback(Shape shape, Tensor indices) {
        return Pullback.saving(indices).joint((g, s, needs) ->
                new Tensor[] {g[0].newZeros(shape).scatterAdd(shape.rank() - 1, s[0], g[0])});
    }
}

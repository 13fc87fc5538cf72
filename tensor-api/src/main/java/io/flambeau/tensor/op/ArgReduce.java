package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;

/**
 * The index (I64) of the first greatest or smallest element along an axis, which keeps size 1; the first NaN wins.
 *
 * @param max whether the greatest is looked for
 * @param axis counted from 0
 */
public record ArgReduce(boolean max, int axis) implements Primitive {
    @Override
    public String title() {
        return max ? "argmax" : "argmin";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireAxis(this, in[0], axis);
        Laws.requireReal(this, in[0]);
        if (in[0].shape().size(axis) == 0) {
            throw new ShapeException(
                    title(), "axis " + axis + " of shape " + in[0].shape() + " has no elements", Fault.EMPTY_REDUCTION);
        }
        return new Spec[] {in[0].with(in[0].shape().with(axis, 1)).with(DType.I64)};
    }
}

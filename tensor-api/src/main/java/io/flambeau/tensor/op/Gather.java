package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/**
 * Picks elements along an axis: out[…, i, …] = x[…, index[…, i, …], …]. The index (I64) has x's rank and may be smaller
 * along the other axes.
 *
 * @param axis counted from 0
 */
public record Gather(int axis) implements Primitive {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireAxis(this, in[0], axis);
        requireIndex(this, axis, "the input", in[0], in[1]);
        return new Spec[] {in[0].with(in[1].shape())};
    }

    static void requireIndex(Op op, int axis, String what, Spec x, Spec index) {
        Laws.requireDevice(op, x, index);
        Laws.requireDtype(op, "the index", index, DType.I64);
        Shape shape = index.shape();
        boolean fits = shape.rank() == x.shape().rank();
        for (int i = 0; fits && i < shape.rank(); i++) {
            fits = i == axis || shape.size(i) <= x.shape().size(i);
        }
        if (!fits) {
            throw new ShapeException(
                    op.title(),
                    "index shape " + shape + " does not fit " + what + " " + x.shape()
                            + ": the ranks must be equal and no axis but " + axis + " may be larger",
                    Fault.SHAPE_MISMATCH);
        }
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Shape shape = in[0].shape();
        return Pullback.saving(in[1]).of((g, s) -> g.newZeros(shape).scatterAdd(axis, s[0], g), null);
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/**
 * A copy of the base in which elements of the source are combined at indices along an axis. Inputs are base, index (I64)
 * and source; the index may be smaller than both along the other axes. Repeated indices combine in row-major order of
 * the index, so that SET keeps the last.
 *
 * @param kind how a source element is combined
 * @param axis counted from 0
 */
public record Scatter(Kind kind, int axis) implements Primitive {
    /** How an element of the source meets that of the base. */
    public enum Kind {
        SET,
        ADD,
        MUL,
        MAX,
        MIN
    }

    @Override
    public String title() {
        return switch (kind) {
            case SET -> "scatter";
            case ADD -> "scatterAdd";
            default -> "scatterReduce";
        };
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Spec base = in[0];
        Laws.requireAxis(this, base, axis);
        if (kind == Kind.MAX || kind == Kind.MIN) {
            Laws.requireReal(this, base);
        }
        if (base.dtype() != in[2].dtype()) {
            throw new DTypeException(
                    title(),
                    "the base is " + base.dtype() + " and the source " + in[2].dtype() + "; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        Gather.requireIndex(this, axis, "the base", base, in[1]);
        Shape index = in[1].shape();
        for (int i = 0; i < index.rank(); i++) {
            if (in[2].shape().rank() != index.rank()
                    || index.size(i) > in[2].shape().size(i)) {
                throw new ShapeException(
                        title(),
                        "index shape " + index + " does not fit into the source " + in[2].shape(),
                        Fault.SHAPE_MISMATCH);
            }
        }
        return new Spec[] {base};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Shape source = in[2].shape();
        return switch (kind) {
            case SET ->
                Pullback.saving(in[1])
                        .of(
                                (g, s) -> g.scatter(axis, s[0], g.newZeros(s[0].shape())),
                                null,
                                (g, s) -> ScatterGradients.placed(g.gather(axis, s[0]), source));
            case ADD ->
                Pullback.saving(in[1])
                        .of((g, s) -> g, null, (g, s) -> ScatterGradients.placed(g.gather(axis, s[0]), source));
            case MUL ->
                Pullback.saving(in[0], in[1], in[2])
                        .of(
                                (g, s) -> g.mul(s[0].onesLike()
                                        .scatterReduce(axis, s[1], s[2], "prod", true)
                                        .conj()),
                                null,
                                (g, s) -> ScatterGradients.product(g, axis, s));
            case MAX, MIN ->
                Pullback.saving(in[0], in[1], in[2], out[0])
                        .of(
                                (g, s) -> ScatterGradients.extremum(g, axis, s, true),
                                null,
                                (g, s) -> ScatterGradients.extremum(g, axis, s, false));
        };
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A reduction over some axes, which keep size 1.
 *
 * <p>SUM and PROD keep the dtype (promotion of small integers happens before), F16 and BF16 accumulate in F32; MAX and
 * MIN give NaN if any element is; ANY and ALL give BOOL.
 *
 * @param kind what is computed
 * @param axes bit i is set if axis i is reduced
 */
public record Reduce(Kind kind, long axes) implements Primitive {
    /** What a reduction computes. */
    public enum Kind {
        SUM("sum"),
        PROD("prod"),
        MAX("amax"),
        MIN("amin"),
        ANY("any"),
        ALL("all");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    public boolean reduces(int axis) {
        return (axes >>> axis & 1) != 0;
    }

    @Override
    public String title() {
        return kind.title;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Shape shape = in[0].shape();
        long[] sizes = shape.sizes();
        for (int i = 0; i < sizes.length; i++) {
            if (reduces(i)) {
                if (sizes[i] == 0 && (kind == Kind.MAX || kind == Kind.MIN)) {
                    throw new ShapeException(
                            title(),
                            "axis " + i + " of shape " + shape + " has no elements, and an empty " + title()
                                    + " has no value",
                            Fault.EMPTY_REDUCTION);
                }
                sizes[i] = 1;
            }
        }
        if (kind == Kind.MAX || kind == Kind.MIN) {
            Laws.requireReal(this, in[0]);
        }
        if ((kind == Kind.SUM || kind == Kind.PROD) && in[0].dtype() == DType.BOOL) {
            throw new DTypeException(title(), "needs a number dtype here, not bool", Fault.BAD_DTYPE);
        }
        Spec out = in[0].with(Shape.of(sizes));
        return new Spec[] {kind == Kind.ANY || kind == Kind.ALL ? out.with(DType.BOOL) : out};
    }

    @Override
    public @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        Shape shape = in[0].shape();
        return switch (kind) {
            case SUM -> Pullback.of((g, s) -> g.expand(shape));
            case PROD ->
                Pullback.saving(in[0])
                        .of((g, s) -> g.mul(Products.others(s[0], axes).conj()));
            case MAX, MIN ->
                Pullback.saving(in[0], out[0]).of((g, s) -> {
                    Tensor hit = s[0].eq(s[1]).to(g.dtype());
                    return hit.mul(g.div(Tensor.bind(new Reduce(Kind.SUM, axes), hit)));
                });
            case ANY, ALL -> null;
        };
    }
}

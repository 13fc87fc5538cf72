package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/**
 * A running reduction along an axis. MAX and MIN also give the index (I64) of the last element that reached the value.
 *
 * @param kind what is accumulated
 * @param axis counted from 0
 */
public record Scan(Kind kind, int axis) implements Primitive {
    /** What a scan accumulates. */
    public enum Kind {
        SUM("cumsum"),
        PROD("cumprod"),
        MAX("cummax"),
        MIN("cummin");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    @Override
    public String title() {
        return kind.title;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireAxis(this, in[0], axis);
        if (kind == Kind.SUM || kind == Kind.PROD) {
            return new Spec[] {in[0]};
        }
        Laws.requireReal(this, in[0]);
        return new Spec[] {in[0], in[0].with(DType.I64)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return switch (kind) {
            case SUM -> Pullback.of((g, s) -> g.flip(axis).cumsum(axis).flip(axis));
            case PROD -> Pullback.saving(in[0], out[0]).of((g, s) -> CumulativeProduct.gradient(g, s[0], s[1], axis));
            case MAX, MIN -> {
                Shape shape = in[0].shape();
                yield Pullback.saving(out[1]).joint((g, s, needs) ->
                        new Tensor[] {g[0].newZeros(shape).scatterAdd(axis, s[0], g[0])});
            }
        };
    }
}

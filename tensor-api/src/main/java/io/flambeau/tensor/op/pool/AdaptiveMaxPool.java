package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The greatest element of each of the windows of {@link AdaptiveAvgPool}, and its place (I64) within the spatial axes.
 *
 * @param sizes how many windows along each spatial axis
 */
public record AdaptiveMaxPool(Axes sizes) implements Derived.WithGradient {
    @Override
    public String title() {
        return "adaptiveMaxPool" + sizes.count() + "d";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        Laws.requireRank(this, "the input", in[0], sizes.count() + 2);
        Spec out = in[0].with(in[0].shape().range(0, 2).concat(Shape.of(sizes.toArray())));
        return new Spec[] {out, out.with(DType.I64)};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor x = in[0];
        Shape spatial = x.shape().range(2, x.rank());
        Tensor[] coordinates = new Tensor[sizes.count()];
        for (int a = 0; a < coordinates.length; a++) {
            coordinates[a] = Places.adaptive(spatial.size(a), sizes.at(a), x.device());
        }
        Shape out = x.shape().range(0, 2).concat(Shape.of(sizes.toArray()));
        return Places.greatest(x, Places.joined(coordinates, spatial), out);
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return MaxPoolBackward.pullback(in[0], out[1], null);
    }
}

package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a pooling that picks elements: inputs are the cotangent [N, C, ...] and the places (I64) of what was
 * picked; the result is [N, C, sizes], zero but for the cotangents added at their places.
 *
 * @param sizes the spatial sizes of what was pooled
 * @param pooling the windows in which the elements were picked, or null if they may come from anywhere
 */
public record MaxPoolBackward(Axes sizes, @Nullable Pooling pooling) implements Derived {
    /** The gradient rule of a pooling of x that also gave the places. */
    static Pullback pullback(Tensor x, Tensor places, @Nullable Pooling pooling) {
        MaxPoolBackward backward =
                new MaxPoolBackward(Axes.of(x.shape().range(2, x.rank()).sizes()), pooling);
        return Pullback.saving(places).joint((g, s, needs) -> {
            Tensor[] gradients = new Tensor[needs.length];
            gradients[0] = Tensor.bind(backward, g[0], s[0]);
            return gradients;
        });
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireShape(this, "the indices", in[1], in[0].shape());
        return new Spec[] {in[0].with(in[0].shape().range(0, 2).concat(Shape.of(sizes.toArray())))};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Shape planes = in[0].shape().range(0, 2);
        Shape spatial = Shape.of(sizes.toArray());
        Shape flat = planes.concat(Shape.of(in[0].shape().range(2, in[0].rank()).count()));
        Tensor zeros = in[0].newZeros(planes.concat(Shape.of(spatial.count())));
        Tensor sum = zeros.scatterAdd(2, in[1].reshape(flat), in[0].reshape(flat));
        return new Tensor[] {sum.reshape(planes.concat(spatial))};
    }
}

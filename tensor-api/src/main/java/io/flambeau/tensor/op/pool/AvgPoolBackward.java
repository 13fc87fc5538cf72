package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The adjoint of {@link AvgPool}: each cotangent is spread evenly over its window.
 *
 * @param pool the pooling
 * @param sizes the spatial sizes of what was pooled
 */
public record AvgPoolBackward(AvgPool pool, Axes sizes) implements Fused, Derived.WithGradient {
    private Shape input(Shape g) {
        return g.range(0, 2).concat(Shape.of(sizes.toArray()));
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the cotangent", in[0]);
        return new Spec[] {in[0].with(input(in[0].shape()))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Shape x = input(in[0].shape());
        Shape kernel = Shape.of(pool.pooling().kernel().toArray());
        Tensor shares = pool.divided(in[0], x);
        Shape ones = shares.shape();
        for (int i = 0; i < kernel.rank(); i++) {
            ones = ones.insert(ones.rank(), 1);
        }
        Tensor patches = shares.reshape(ones).expand(shares.shape().concat(kernel));
        return new Tensor[] {pool.pooling().sliding(x).overlay(patches, kernel, x)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> Tensor.bind(pool, g));
    }
}

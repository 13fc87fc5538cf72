package io.flambeau.tensor.op.conv;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Pullback;

/**
 * The adjoint of {@link Convolution} in its input: inputs are the cotangent [N, O, ...] and the weight
 * [O, C / groups, ...], the result is [N, C, sizes]. It is also the transposed convolution. See Note [Three bilinear
 * maps].
 *
 * @param sizes the spatial sizes of the result
 */
public record ConvolutionInput(Sliding sliding, long groups, Axes sizes) implements Fused, Derived.WithGradient {
    @Override
    public String title() {
        return "convTranspose" + sliding.axes() + "d";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Shape g = in[0].shape();
        Shape w = in[1].shape();
        Filters.check(this, sliding, groups, in[0], in[1]);
        Shape x = Shape.of(g.size(0), w.size(1) * groups).concat(Shape.of(sizes.toArray()));
        Shape expected = sliding.output(this, x, w.range(2, w.rank()), w.size(0));
        if (!g.equals(expected)) {
            throw new ShapeException(
                    title(),
                    "an input " + x + " convolved with the weight " + w + " is " + expected + ", not " + g,
                    Fault.SHAPE_MISMATCH);
        }
        return new Spec[] {in[0].with(x)};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor g = in[0];
        Shape w = in[1].shape();
        int axes = sliding.axes();
        long n = g.size(0);
        Shape windows = g.shape().range(2, g.rank());
        Shape kernel = w.range(2, w.rank());
        Tensor rows = g.reshape(n, groups, w.size(0) / groups, windows.count());
        Tensor columns = Filters.matrices(in[1], groups, n).mT().matmul(rows);
        Shape split = Shape.of(n * groups, w.size(1));
        Tensor patches = columns.reshape(split.concat(kernel).concat(windows)).permute(Filters.turned(axes));
        Shape spatial = Shape.of(sizes.toArray());
        Tensor x = sliding.overlay(patches, kernel, split.concat(spatial));
        return new Tensor[] {x.reshape(Shape.of(n, w.size(1) * groups).concat(spatial))};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Convolution forward = new Convolution(sliding, groups, false);
        ConvolutionWeight weight = new ConvolutionWeight(sliding, groups, Filters.spatial(in[1].shape()));
        return Pullback.saving(in[0], in[1])
                .of((g, s) -> Tensor.bind(forward, g, s[1].conj()), (g, s) -> Tensor.bind(weight, g, s[0].conj()));
    }
}

package io.flambeau.tensor.op.conv;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The cross-correlation of x [N, C, ...] with a weight [O, C / groups, ...], plus a bias [O] if there is one, in any
 * number of spatial axes.
 *
 * <p>Note [Three bilinear maps]: a convolution y = conv(x, w), its adjoint in x ({@link ConvolutionInput}) and its
 * adjoint in w ({@link ConvolutionWeight}) are the same trilinear form read three ways. So the gradients of each are
 * the other two, to any order; and a transposed convolution is the adjoint in x.
 */
public record Convolution(Sliding sliding, long groups, boolean bias) implements Fused, Derived.WithGradient {
    @Override
    public String title() {
        return "conv" + sliding.axes() + "d";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Shape x = in[0].shape();
        Shape w = in[1].shape();
        Filters.check(this, sliding, groups, in[0], in[1]);
        if (x.size(1) != w.size(1) * groups) {
            throw new ShapeException(
                    title(),
                    "the input " + x + " has " + x.size(1) + " channels, the weight " + w + " in " + groups
                            + " groups wants " + w.size(1) * groups,
                    Fault.SHAPE_MISMATCH);
        }
        if (bias) {
            Laws.requireLike(this, "the bias", in[2], in[0]);
            Laws.requireShape(this, "the bias", in[2], Shape.of(w.size(0)));
        }
        return new Spec[] {in[0].with(sliding.output(this, x, w.range(2, w.rank()), w.size(0)))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Spec[] specs = {in[0].spec(), in[1].spec(), in[in.length - 1].spec()};
        Shape out = infer(specs)[0].shape();
        Tensor columns = Filters.columns(sliding, groups, in[0], in[1].shape());
        Tensor y = Filters.matrices(in[1], groups, out.size(0)).matmul(columns).reshape(out);
        return new Tensor[] {bias ? y.add(Filters.channels(in[2], sliding.axes())) : y};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        ConvolutionInput input = new ConvolutionInput(sliding, groups, Filters.spatial(in[0].shape()));
        ConvolutionWeight weight = new ConvolutionWeight(sliding, groups, Filters.spatial(in[1].shape()));
        return Pullback.saving(in[0], in[1])
                .joint((g, s, needs) -> {
                    Tensor[] gradients = new Tensor[needs.length];
                    if (needs[0]) {
                        gradients[0] = Tensor.bind(input, g[0], s[1].conj());
                    }
                    if (needs[1]) {
                        gradients[1] = Tensor.bind(weight, s[0].conj(), g[0]);
                    }
                    if (needs.length > 2 && needs[2]) {
                        gradients[2] = g[0].sum(Filters.allButChannels(g[0].rank()));
                    }
                    return gradients;
                })
                .reading(0b10, 0b01, 0);
    }
}

package io.flambeau.tensor.op.conv;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The adjoint of {@link Convolution} in its weight: inputs are x [N, C, ...] and the cotangent [N, O, ...], the result
 * is [O, C / groups, kernel]. See Note [Three bilinear maps].
 *
 * @param kernel the spatial sizes of the weight
 */
public record ConvolutionWeight(Sliding sliding, long groups, Axes kernel) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape x = in[0].shape();
        Shape g = in[1].shape();
        Laws.requireRank(this, "the input", in[0], sliding.axes() + 2);
        Laws.requireLike(this, "the cotangent", in[1], in[0]);
        Filters.requireNumber(this, in[0]);
        Shape sizes = Shape.of(kernel.toArray());
        if (!g.equals(sliding.output(this, x, sizes, g.size(1))) || x.size(1) % groups != 0) {
            throw new ShapeException(
                    title(),
                    "the cotangent " + g + " does not come from an input " + x + " and a kernel " + kernel + " in "
                            + groups + " groups",
                    Fault.SHAPE_MISMATCH);
        }
        return new Spec[] {in[0].with(Shape.of(g.size(1), x.size(1) / groups).concat(sizes))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Shape weight = infer(new Spec[] {in[0].spec(), in[1].spec()})[0].shape();
        long n = in[0].size(0);
        long outputs = weight.size(0) / groups;
        long inner = weight.range(1, weight.rank()).count();
        Tensor columns = Filters.columns(sliding, groups, in[0], weight);
        long windows = columns.size(3);
        // Samples join the inner axis of one product: [groups, O / groups, N windows] by [groups, N windows, inner].
        Tensor right = columns.permute(1, 0, 3, 2).reshape(groups, n * windows, inner);
        Tensor left =
                in[1].reshape(n, groups, outputs, windows).permute(1, 2, 0, 3).reshape(groups, outputs, n * windows);
        return new Tensor[] {left.matmul(right).reshape(weight)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Convolution forward = new Convolution(sliding, groups, false);
        ConvolutionInput input = new ConvolutionInput(sliding, groups, Filters.spatial(in[0].shape()));
        return Pullback.saving(in[0], in[1])
                .of((g, s) -> Tensor.bind(input, s[1].conj(), g), (g, s) -> Tensor.bind(forward, s[0].conj(), g));
    }
}

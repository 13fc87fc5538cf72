package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.conv.Sliding;

/**
 * The mean of each window of x [N, C, ...].
 *
 * @param pooling the windows; not dilated
 * @param countPadding whether the padding counts in the divisor; what hangs over the padding never does
 * @param divisor what sums are divided by instead, or 0
 */
public record AvgPool(Pooling pooling, boolean countPadding, long divisor) implements Fused, Derived.WithGradient {
    @Override
    public String title() {
        return "avgPool" + pooling.axes() + "d";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (in[0].dtype() != DType.I64) {
            Laws.requireRealFloating(this, "the input", in[0]);
        }
        return new Spec[] {in[0].with(pooling.output(this, in[0].shape()))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor sum = sums(in[0], pooling.sliding(in[0].shape()));
        return new Tensor[] {divided(sum, in[0].shape())};
    }

    private Tensor sums(Tensor x, Sliding sliding) {
        Shape kernel = Shape.of(pooling.kernel().toArray());
        Tensor patches = sliding.patches(x, kernel, Scalar.ZERO);
        return patches.flatten(pooling.axes() + 2).sum(-1);
    }

    /** Sums, or cotangents, of windows over an input of a shape, divided by what each window counts. */
    Tensor divided(Tensor sums, Shape x) {
        if (divisor != 0) {
            return over(sums, Scalar.of(divisor));
        }
        Sliding sliding = pooling.sliding(x);
        boolean uniform = true;
        for (int i = 0; i < pooling.axes(); i++) {
            long border = countPadding ? pooling.padding().at(i) : 0;
            uniform &= sliding.before().at(i) <= border && sliding.after().at(i) <= border;
        }
        if (uniform) {
            return over(sums, Scalar.of(Shape.of(pooling.kernel().toArray()).count()));
        }
        return over(sums, counts(sums, x, sliding));
    }

    private static Tensor over(Tensor sums, Scalar count) {
        return sums.dtype().isIntegral() ? sums.truncDivide(count) : sums.div(count);
    }

    private static Tensor over(Tensor sums, Tensor counts) {
        return sums.dtype().isIntegral() ? sums.truncDivide(counts) : sums.div(counts);
    }

    /** How many elements [1, 1, windows...] each window counts: the window sums of ones. */
    private Tensor counts(Tensor like, Shape x, Sliding sliding) {
        long[] sizes = x.sizes();
        long[] before = new long[pooling.axes()];
        long[] after = new long[pooling.axes()];
        sizes[0] = 1;
        sizes[1] = 1;
        for (int i = 0; i < before.length; i++) {
            long border = countPadding ? pooling.padding().at(i) : 0;
            sizes[i + 2] += 2 * border;
            before[i] = sliding.before().at(i) - border;
            after[i] = sliding.after().at(i) - border;
        }
        Tensor ones = like.newFull(Shape.of(sizes), Scalar.ONE);
        return sums(ones, new Sliding(sliding.stride(), Axes.of(before), Axes.of(after), sliding.dilation()));
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        AvgPoolBackward backward = new AvgPoolBackward(
                this, Axes.of(in[0].shape().range(2, in[0].rank()).sizes()));
        return Pullback.of((g, s) -> Tensor.bind(backward, g));
    }
}

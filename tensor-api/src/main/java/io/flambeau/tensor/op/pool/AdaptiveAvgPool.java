package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The mean of windows that together cover x [N, C, ...] and may overlap: window i of n goes from floor(i size / n) to
 * before ceil((i + 1) size / n).
 *
 * @param sizes how many windows along each spatial axis
 */
public record AdaptiveAvgPool(Axes sizes) implements Fused {
    @Override
    public String title() {
        return "adaptiveAvgPool" + sizes.count() + "d";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[0]);
        Laws.requireRank(this, "the input", in[0], sizes.count() + 2);
        return new Spec[] {in[0].with(in[0].shape().range(0, 2).concat(Shape.of(sizes.toArray())))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor y = in[0];
        for (int a = 0; a < sizes.count(); a++) {
            y = mean(y, a + 2, sizes.at(a));
        }
        return new Tensor[] {y};
    }

    /** The mean over the windows of one axis; the mean over all is the mean of these. */
    private static Tensor mean(Tensor x, int axis, long out) {
        long size = x.size(axis);
        Tensor coordinates = Places.adaptive(size, out, x.device());
        Tensor lengths = Places.lengths(size, out, x.device());
        long longest = coordinates.size(1);
        int last = x.rank() - 1;
        Tensor turned = x.transpose(axis, last);
        Tensor values = turned.indexSelect(last, coordinates.reshape(out * longest))
                .reshape(turned.shape().range(0, last).concat(Shape.of(out, longest)));
        Tensor inside = Places.iota(longest, x.device()).lt(lengths.unsqueeze(1));
        Tensor sum = values.where(inside, values.zerosLike()).sum(-1);
        return sum.div(lengths.to(x.dtype())).transpose(axis, last);
    }
}

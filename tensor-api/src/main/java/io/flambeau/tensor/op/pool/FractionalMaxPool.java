package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The greatest element of windows at pseudo-random places (Graham, 2014), and its place (I64) within the spatial axes.
 * Inputs are x [N, C, ...] and uniform samples [N, C, axes], one for each plane and axis; of two axes the last comes
 * first, as in PyTorch.
 *
 * @param kernel the sizes of a window
 * @param sizes how many windows along each spatial axis
 */
public record FractionalMaxPool(Axes kernel, Axes sizes) implements Derived.WithGradient {
    @Override
    public String title() {
        return "fractionalMaxPool" + sizes.count() + "d";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        int axes = sizes.count();
        Laws.requireReal(this, in[0]);
        Laws.requireRank(this, "the input", in[0], axes + 2);
        Shape x = in[0].shape();
        Laws.requireShape(this, "the samples", in[1], x.range(0, 2).concat(Shape.of(axes)));
        for (int a = 0; a < axes; a++) {
            if (kernel.at(a) < 1 || sizes.at(a) < 1 || sizes.at(a) + kernel.at(a) - 1 > x.size(a + 2)) {
                throw new ShapeException(
                        title(), sizes + " windows of " + kernel + " do not fit the input " + x, Fault.BAD_SHAPE);
            }
        }
        Spec out = in[0].with(x.range(0, 2).concat(Shape.of(sizes.toArray())));
        return new Spec[] {out, out.with(DType.I64)};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor x = in[0];
        int axes = sizes.count();
        Shape spatial = x.shape().range(2, x.rank());
        Tensor[] coordinates = new Tensor[axes];
        for (int a = 0; a < axes; a++) {
            Tensor sample =
                    in[1].select(-1, axes == 2 ? 1 - a : a).unsqueeze(-1).unsqueeze(-1);
            Tensor within = Places.iota(kernel.at(a), x.device());
            coordinates[a] =
                    starts(sample, spatial.size(a), kernel.at(a), sizes.at(a)).add(within);
        }
        Shape out = x.shape().range(0, 2).concat(Shape.of(sizes.toArray()));
        return Places.greatest(x, Places.joined(coordinates, spatial), out);
    }

    /**
     * Where the windows [N, C, out, 1] of an axis start: floor((i + u) alpha) - floor(u alpha), the last at the end.
     */
    private static Tensor starts(Tensor sample, long size, long kernel, long out) {
        Tensor i = Places.iota(out, sample.device()).unsqueeze(1);
        Tensor last = i.eq(out - 1);
        Tensor end = i.zerosLike().add(size - kernel);
        if (out == 1) {
            return end.expand(sample.shape().with(2, 1));
        }
        double alpha = (double) (size - kernel) / (out - 1);
        Tensor start = sample.add(i.to(sample.dtype()))
                .mul(alpha)
                .to(DType.I64)
                .sub(sample.mul(alpha).to(DType.I64));
        return end.where(last, start);
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return MaxPoolBackward.pullback(in[0], out[1], null);
    }
}

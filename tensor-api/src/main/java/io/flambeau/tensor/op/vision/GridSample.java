package io.flambeau.tensor.op.vision;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.activation.HardTanh;

/**
 * x [N, C, ...] sampled at the places of a grid [N, outs..., axes]: the result is [N, C, outs...]. A place has one
 * coordinate for each spatial axis, the last axis first, and -1 and 1 are the ends.
 *
 * @param mode how values between elements are found; cubic of two axes only
 * @param border what lies outside
 * @param alignCorners whether -1 and 1 are the centres of the corner elements, or their outer edges
 */
public record GridSample(Mode mode, Border border, boolean alignCorners) implements Derived {
    /** How values between elements are found. */
    public enum Mode {
        NEAREST,
        LINEAR,
        CUBIC
    }

    /** What lies outside. */
    public enum Border {
        ZEROS,
        /** The nearest element of the border. */
        BORDER,
        /** The inside, mirrored as often as needed. */
        REFLECTION
    }

    /** One of the elements along an axis that a sample is made of: places, which of them exist, and weights. */
    private record Tap(Tensor place, Tensor inside, Tensor weight) {}

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[0]);
        Laws.requireLike(this, "the grid", in[1], in[0]);
        Shape x = in[0].shape();
        Shape grid = in[1].shape();
        int axes = x.rank() - 2;
        boolean fits = axes >= 2 && axes <= 3 && grid.rank() == x.rank();
        fits = fits && grid.size(0) == x.size(0) && grid.size(-1) == axes;
        if (!fits || x.range(2, x.rank()).count() == 0) {
            throw new ShapeException(
                    title(), "the grid " + grid + " does not fit the input " + x, Fault.SHAPE_MISMATCH);
        }
        if (mode == Mode.CUBIC && axes != 2) {
            throw new ArgumentException(
                    title(), "bicubic sampling needs an input of 4 axes, its shape is " + x, Fault.BAD_ARGUMENT);
        }
        return new Spec[] {in[0].with(x.range(0, 2).concat(grid.range(1, axes + 1)))};
    }

    /** In steps of the inputs' own precision, as PyTorch does it: where a place lies decides what is sampled. */
    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor x = in[0];
        int axes = x.rank() - 2;
        Shape spatial = x.shape().range(2, x.rank());
        Shape outs = in[1].shape().range(1, axes + 1);
        Tensor grid = in[1].reshape(x.size(0), outs.count(), axes);
        Tensor flat = x.reshape(x.size(0), x.size(1), spatial.count());
        Tap[][] taps = new Tap[axes][];
        int combinations = 1;
        for (int a = 0; a < axes; a++) {
            taps[a] = taps(grid.select(-1, axes - 1 - a), spatial.size(a));
            combinations *= taps[a].length;
        }
        Tensor sum = part(flat, spatial, taps, 0);
        for (int c = 1; c < combinations; c++) {
            sum = sum.add(part(flat, spatial, taps, c));
        }
        return new Tensor[] {sum.reshape(x.shape().range(0, 2).concat(outs))};
    }

    /** What one combination of taps, numbered c, adds to the samples [N, C, outs]. */
    private static Tensor part(Tensor flat, Shape spatial, Tap[][] taps, int c) {
        Tap tap = taps[0][c % taps[0].length];
        Tensor place = tap.place;
        Tensor inside = tap.inside;
        Tensor weight = tap.weight;
        int rest = c / taps[0].length;
        for (int a = 1; a < taps.length; a++) {
            tap = taps[a][rest % taps[a].length];
            rest /= taps[a].length;
            place = place.mul(spatial.size(a)).add(tap.place);
            inside = inside.logicalAnd(tap.inside);
            weight = weight.mul(tap.weight);
        }
        Shape picked = flat.shape().with(2, place.size(1));
        Tensor values = flat.gather(2, place.unsqueeze(1).expand(picked));
        return values.where(inside.unsqueeze(1), values.zerosLike()).mul(weight.unsqueeze(1));
    }

    private Tap[] taps(Tensor coordinate, long size) {
        Tensor place = alignCorners
                ? coordinate.add(1).mul(0.5 * (size - 1))
                : coordinate.add(1).mul(size).sub(1).mul(0.5);
        return switch (mode) {
            case NEAREST -> new Tap[] {tap(moved(place, size).round(), place.onesLike(), size)};
            case LINEAR -> {
                Tensor moved = moved(place, size);
                Tensor low = moved.detach().floor();
                Tensor share = moved.sub(low);
                yield new Tap[] {tap(low, share.rsub(1), size), tap(low.add(1), share, size)};
            }
            case CUBIC -> {
                Tensor low = place.detach().floor();
                Tensor share = place.sub(low);
                Tap[] taps = new Tap[4];
                for (int k = 0; k < 4; k++) {
                    // Each tap is moved into the image on its own, and rounding undoes what moving blurs.
                    Tensor at = moved(low.add(k - 1), size).round();
                    taps[k] = tap(at, keys(share.add(1 - k)), size);
                }
                yield taps;
            }
        };
    }

    private static Tap tap(Tensor place, Tensor weight, long size) {
        Tensor at = place.detach();
        Tensor inside = at.ge(0).logicalAnd(at.le(size - 1));
        return new Tap(at.zerosLike().where(inside.logicalNot(), at).to(DType.I64), inside, weight);
    }

    /** The cubic convolution kernel of Keys (1981), a = -0.75. */
    private static Tensor keys(Tensor distance) {
        double a = -0.75;
        Tensor x = distance.abs();
        Tensor near = x.mul(a + 2).sub(a + 3).mul(x.square()).add(1);
        Tensor far = x.mul(a).sub(5 * a).mul(x).add(8 * a).mul(x).sub(4 * a);
        return near.where(x.lt(1), far.where(x.lt(2), x.zerosLike()));
    }

    /** Places moved inside as the border asks; where they were moved to an end, the slope is 0. */
    private Tensor moved(Tensor place, long size) {
        Tensor moved = place;
        if (border == Border.REFLECTION) {
            moved = alignCorners ? mirrored(place, 0, size - 1) : mirrored(place, -0.5, size);
        }
        return border == Border.ZEROS ? moved : Tensor.bind(new HardTanh(0, size - 1), moved);
    }

    private static Tensor mirrored(Tensor place, double low, double span) {
        if (span == 0) {
            return place.mul(0.0);
        }
        Tensor distance = place.sub(low).abs();
        Tensor extra = distance.fmod(Scalar.of(span));
        Tensor odd =
                distance.detach().div(span).floor().remainder(Scalar.of(2.0)).eq(1);
        return extra.rsub(span).where(odd, extra).add(low);
    }
}

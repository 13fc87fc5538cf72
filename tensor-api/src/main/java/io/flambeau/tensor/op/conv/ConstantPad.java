package io.flambeau.tensor.op.conv;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Pullback;

/**
 * A border of one value around a tensor; negative widths cut off.
 *
 * @param before the width in front of each axis
 * @param after the width behind each axis
 * @param value what the border holds
 */
public record ConstantPad(Axes before, Axes after, Scalar value) implements Derived.WithGradient {
    @Override
    public String title() {
        return "pad";
    }

    /** Pads the last axes of x; where nothing is added, a view of it. */
    public static Tensor spatial(Tensor x, Axes before, Axes after, Scalar value) {
        int first = x.rank() - before.count();
        long[] front = new long[x.rank()];
        long[] back = new long[x.rank()];
        boolean grows = false;
        boolean shrinks = false;
        for (int i = 0; i < before.count(); i++) {
            front[first + i] = before.at(i);
            back[first + i] = after.at(i);
            grows |= before.at(i) > 0 || after.at(i) > 0;
            shrinks |= before.at(i) < 0 || after.at(i) < 0;
        }
        ConstantPad pad = new ConstantPad(Axes.of(front), Axes.of(back), value);
        return grows ? Tensor.bind(pad, x) : shrinks ? pad.cut(x) : x;
    }

    private Tensor cut(Tensor x) {
        Shape kept = infer(new Spec[] {x.spec()})[0].shape();
        Tensor cut = x;
        for (int i = 0; i < x.rank(); i++) {
            cut = kept.size(i) == x.size(i) ? cut : cut.narrow(i, -before.at(i), kept.size(i));
        }
        return cut;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Shape shape = in[0].shape();
        long[] sizes = new long[shape.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.size(i) + before.at(i) + after.at(i);
            if (sizes[i] < 0) {
                throw new ShapeException(
                        title(),
                        "axis " + i + " of shape " + shape + " padded by " + before.at(i) + " in front and "
                                + after.at(i) + " behind would have the negative size " + sizes[i],
                        Fault.BAD_SHAPE);
            }
        }
        return new Spec[] {in[0].with(Shape.of(sizes))};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor source = in[0];
        Tensor out = Tensor.bind(new Fill(infer(new Spec[] {source.spec()})[0], value));
        Tensor target = out;
        for (int i = 0; i < source.rank(); i++) {
            long cut = Math.max(-before.at(i), 0);
            long put = Math.max(before.at(i), 0);
            long kept = Math.max(source.size(i) - cut - Math.max(-after.at(i), 0), 0);
            source = source.narrow(i, Math.min(cut, source.size(i)), kept);
            target = target.narrow(i, Math.min(put, target.size(i)), kept);
        }
        target.copy_(source);
        return new Tensor[] {out};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Axes front = negated(before);
        Axes back = negated(after);
        return Pullback.of((g, s) -> spatial(g, front, back, Scalar.ZERO));
    }

    /** The widths that undo these. */
    static Axes negated(Axes widths) {
        long[] values = widths.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        return Axes.of(values);
    }
}

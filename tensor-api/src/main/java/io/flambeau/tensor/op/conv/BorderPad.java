package io.flambeau.tensor.op.conv;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Iota;

/**
 * A border around the last axes made of a tensor's own elements; negative widths cut off.
 *
 * @param mode which elements
 * @param before the width in front of each of the last axes
 * @param after the width behind each of the last axes
 */
public record BorderPad(Mode mode, Axes before, Axes after) implements Derived {
    /** What a border repeats. */
    public enum Mode {
        /** The elements mirrored at the first and the last, which are not repeated. */
        REFLECT,
        /** The first and the last element. */
        REPLICATE,
        /** The elements of the other end. */
        CIRCULAR
    }

    @Override
    public String title() {
        return "pad";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Shape shape = in[0].shape();
        int first = shape.rank() - before.count();
        if (first < 0) {
            throw new ShapeException(
                    title(),
                    "the input " + shape + " has fewer axes than the " + before.count() + " to be padded",
                    Fault.SHAPE_MISMATCH);
        }
        long[] sizes = shape.sizes();
        for (int i = 0; i < before.count(); i++) {
            long size = sizes[first + i];
            long most = Math.max(before.at(i), after.at(i));
            sizes[first + i] = size + before.at(i) + after.at(i);
            boolean fits = switch (mode) {
                case REFLECT -> most < size;
                case CIRCULAR -> most <= size;
                case REPLICATE -> size > 0;
            };
            if (!fits && most > 0 || sizes[first + i] < 0) {
                throw new ShapeException(
                        title(),
                        "axis " + (first + i) + " of shape " + shape + " is too short for a border of " + before.at(i)
                                + " and " + after.at(i) + " in mode " + mode,
                        Fault.BAD_ARGUMENT);
            }
        }
        return new Spec[] {in[0].with(Shape.of(sizes))};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor x = in[0];
        int first = x.rank() - before.count();
        for (int i = 0; i < before.count(); i++) {
            if (before.at(i) != 0 || after.at(i) != 0) {
                x = x.indexSelect(first + i, places(x, x.size(first + i), i));
            }
        }
        return new Tensor[] {x};
    }

    /** For each element of the padded axis, the one of the original that it repeats. */
    private Tensor places(Tensor like, long size, int i) {
        Spec spec = new Spec(Shape.of(size + before.at(i) + after.at(i)), DType.I64, like.device());
        Tensor place = Tensor.bind(new Iota(spec, Scalar.of(-before.at(i)), Scalar.ONE));
        long last = size - 1;
        return switch (mode) {
            case REPLICATE -> place.relu().neg().add(last).relu().neg().add(last);
            case REFLECT -> place.abs().neg().add(last).abs().neg().add(last);
            case CIRCULAR -> {
                // What is cut off is not there to be repeated.
                long cut = Math.max(-before.at(i), 0);
                long kept = size - cut - Math.max(-after.at(i), 0);
                yield place.sub(cut).remainder(Scalar.of(kept)).add(cut);
            }
        };
    }
}

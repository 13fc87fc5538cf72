package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.View;

/**
 * Any layout over the tensor's storage; strides and offset count elements, the offset from the start of the storage.
 */
public record AsStrided(Shape shape, Axes strides, long offset) implements ViewOp {
    /** The layout of one view. */
    public static AsStrided of(View view) {
        return new AsStrided(view.shape(), Axes.of(view.strides()), view.offset());
    }

    @Override
    public Spec[] infer(Spec[] in) {
        boolean negative = offset < 0;
        for (int i = 0; i < strides.count(); i++) {
            negative |= strides.at(i) < 0;
        }
        if (strides.count() != shape.rank() || negative) {
            throw new ShapeException(
                    title(),
                    "strides " + strides + " and offset " + offset + " do not fit shape " + shape
                            + ": one stride for each axis, and none negative",
                    Fault.BAD_ARGUMENT);
        }
        return new Spec[] {in[0].with(shape)};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        long last = offset;
        for (int i = 0; i < strides.count(); i++) {
            last = Math.addExact(last, Math.multiplyExact(Math.max(shape.size(i) - 1, 0), strides.at(i)));
        }
        long limit = x.storage().bytes() / x.dtype().bytes();
        if (shape.count() > 0 && last >= limit) {
            throw new IndexException(
                    title(),
                    "shape " + shape + " with strides " + strides + " and offset " + offset + " reaches element " + last
                            + " of a storage of " + limit,
                    Fault.INDEX_RANGE);
        }
        return new View[] {x.with(shape, strides.toArray(), offset)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        View base = Access.door().rawView(in[0]);
        View seen = base.with(shape, strides.toArray(), offset);
        boolean inside = base.low() <= seen.low() && seen.high() <= base.high();
        if (base.isContiguous() && inside || shape.count() == 0) {
            AsStrided fromZero = from(base.offset());
            Spec spec = in[0].spec();
            return Pullback.of((g, s) -> Tensor.bind(new Adjoint(fromZero, spec), g));
        }
        // By the vector of all that lies between: see Note [Memory as a vector].
        long low = Math.min(base.low(), seen.low());
        Spec vector = in[0].spec().with(Shape.of(Math.max(base.high(), seen.high()) + 1 - low));
        AsStrided whole = of(base).from(low);
        AsStrided part = from(low);
        boolean repeats = base.repeats();
        return Pullback.of((g, s) -> {
            Tensor sum = Adjoint.rooted(Tensor.bind(new Adjoint(part, vector), g));
            Tensor each = Tensor.bind(whole, sum);
            return repeats ? each.div(Tensor.bind(whole, Adjoint.rooted(times(whole, vector, each)))) : each;
        });
    }

    /** How often the layout names each place. */
    private static Tensor times(AsStrided layout, Spec vector, Tensor like) {
        return Tensor.bind(new Adjoint(layout, vector), like.detach().onesLike());
    }

    private AsStrided from(long place) {
        return new AsStrided(shape, strides, offset - place);
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** The same elements in the same order under another shape. */
public record Reshape(Shape to) implements ViewOp {
    @Override
    public Spec[] infer(Spec[] in) {
        if (in[0].shape().count() != to.count()) {
            throw new ShapeException(
                    title(),
                    "shape " + in[0].shape() + " holds " + in[0].shape().count() + " elements, " + to + " holds "
                            + to.count(),
                    Fault.BAD_RESHAPE);
        }
        return new Spec[] {in[0].with(to)};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        long[] strides = strides(x, to);
        if (strides == null) {
            throw new ShapeException(
                    "view",
                    "shape " + x.shape() + " with strides " + Axes.of(x.strides()) + " cannot be seen as " + to
                            + " without a copy; use reshape",
                    Fault.NOT_VIEWABLE);
        }
        return new View[] {x.with(to, strides, x.offset())};
    }

    /** The strides under which the view has the other shape, or null if only a copy can have it. */
    public static long @Nullable [] strides(View x, Shape to) {
        if (x.isContiguous() || to.count() == 0) {
            return to.contiguousStrides();
        }
        long[] strides = new long[to.rank()];
        Shape from = x.shape();
        // Groups of old axes that lie one after another in memory are matched with groups of new ones, from the end.
        int next = to.rank() - 1;
        int axis = from.rank() - 1;
        while (axis >= 0) {
            long count = from.size(axis);
            long step = x.stride(axis);
            while (axis > 0 && (from.size(axis - 1) == 1 || count == 1 || x.stride(axis - 1) == count * step)) {
                axis--;
                if (count == 1) {
                    step = x.stride(axis);
                }
                count *= from.size(axis);
            }
            long filled = 1;
            while (next >= 0 && (filled < count || to.size(next) == 1)) {
                strides[next] = step * filled;
                filled *= to.size(next);
                next--;
            }
            if (filled != count) {
                return null;
            }
            axis--;
        }
        while (next >= 0) {
            strides[next--] = 1;
        }
        return strides;
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Shape from = in[0].shape();
        return Pullback.of((g, s) -> g.reshape(from));
    }
}

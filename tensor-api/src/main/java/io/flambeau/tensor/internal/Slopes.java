package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numerical slopes, of second order inside and of a chosen order at the edges. */
public final class Slopes {
    private Slopes() {}

    /** With equal distances along each axis. */
    public static Tensor[] of(Tensor x, double[] spacing, int[] axes, int edgeOrder) {
        int[] all = axes(x, axes, edgeOrder);
        if (spacing.length != 1 && spacing.length != all.length) {
            throw wrongSpacing(spacing.length, all.length);
        }
        Tensor[] slopes = new Tensor[all.length];
        for (int i = 0; i < all.length; i++) {
            double h = spacing[spacing.length == 1 ? 0 : i];
            slopes[i] = slope(x, null, h, all[i], edgeOrder);
        }
        return slopes;
    }

    /** With the coordinates along each axis. */
    public static Tensor[] of(Tensor x, Tensor[] coordinates, int[] axes, int edgeOrder) {
        int[] all = axes(x, axes, edgeOrder);
        if (coordinates.length != all.length) {
            throw wrongSpacing(coordinates.length, all.length);
        }
        Tensor[] slopes = new Tensor[all.length];
        for (int i = 0; i < all.length; i++) {
            slopes[i] = slope(x, coordinates[i], 1, all[i], edgeOrder);
        }
        return slopes;
    }

    private static ArgumentException wrongSpacing(int given, int axes) {
        return new ArgumentException(
                "gradient",
                "there are " + given + " spacings for " + axes + " axes; give one for all, or one for each",
                Fault.BAD_ARGUMENT);
    }

    private static int[] axes(Tensor x, int[] axes, int edgeOrder) {
        if (edgeOrder != 1 && edgeOrder != 2) {
            throw new ArgumentException("gradient", "edge_order is " + edgeOrder + "; it must be 1 or 2", Fault.BAD_ARGUMENT);
        }
        int[] all = new int[axes.length == 0 ? x.rank() : axes.length];
        long seen = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = axes.length == 0 ? i : x.shape().axis("gradient", axes[i]);
            if ((seen >>> all[i] & 1) != 0) {
                throw new ShapeException("gradient", "axis " + axes[i] + " is named twice", Fault.BAD_AXIS);
            }
            seen |= 1L << all[i];
            if (x.size(all[i]) < edgeOrder + 1) {
                throw new ShapeException(
                        "gradient",
                        "axis " + all[i] + " of shape " + x.shape() + " needs at least " + (edgeOrder + 1)
                                + " elements for edge_order " + edgeOrder,
                        Fault.BAD_ARGUMENT);
            }
        }
        return all;
    }

    /** One axis; the three-point formula for uneven distances, of which even ones are a case. */
    private static Tensor slope(Tensor in, @Nullable Tensor coordinates, double h, int axis, int edgeOrder) {
        Tensor x = in.to(Promote.floating(in.dtype()));
        long n = x.size(axis);
        long[] sizes = new long[x.rank()];
        Arrays.fill(sizes, 1);
        sizes[axis] = n - 1;
        Tensor steps = coordinates == null
                ? Tensors.full(x.spec().with(Shape.of(sizes)).with(x.dtype().toReal()), Scalar.of(h))
                : coordinates.diff(1, 0, null, null).to(x.dtype().toReal()).reshape(sizes);
        Tensor rise = x.narrow(axis, 1, n - 1).sub(x.narrow(axis, 0, n - 1)).div(steps);
        Tensor first = rise.narrow(axis, 0, 1);
        Tensor last = rise.narrow(axis, n - 2, 1);
        Tensor inside = null;
        if (n > 2) {
            Tensor a = steps.narrow(axis, 0, n - 2);
            Tensor b = steps.narrow(axis, 1, n - 2);
            Tensor before = rise.narrow(axis, 0, n - 2);
            Tensor after = rise.narrow(axis, 1, n - 2);
            inside = before.mul(b).add(after.mul(a)).div(a.add(b));
        }
        if (edgeOrder == 2) {
            first = second(rise, steps, axis, 0, 1);
            last = second(rise, steps, axis, n - 2, n - 3);
        }
        return inside == null ? first.cat(axis, last) : first.cat(axis, inside, last);
    }

    /** The slope at an edge from the two rises next to it. */
    private static Tensor second(Tensor rise, Tensor steps, int axis, long near, long far) {
        Tensor r1 = rise.narrow(axis, near, 1);
        Tensor r2 = rise.narrow(axis, far, 1);
        Tensor h1 = steps.narrow(axis, near, 1);
        Tensor h2 = steps.narrow(axis, far, 1);
        return r1.add(r1.sub(r2).mul(h1).div(h1.add(h2)));
    }
}

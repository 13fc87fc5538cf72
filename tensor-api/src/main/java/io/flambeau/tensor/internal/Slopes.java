package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
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
            throw new ArgumentException(
                    "gradient", "edge_order is " + edgeOrder + "; it must be 1 or 2", Fault.BAD_ARGUMENT);
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

    /** One axis; the order of the steps is PyTorch's, which rounds each of them in half types. */
    private static Tensor slope(Tensor in, @Nullable Tensor coordinates, double h, int axis, int edgeOrder) {
        Tensor x = in.to(Promote.floating(in.dtype()));
        return coordinates == null ? even(x, h, axis, edgeOrder) : uneven(x, coordinates, axis, edgeOrder);
    }

    private static Tensor even(Tensor x, double h, int axis, int edgeOrder) {
        long n = x.size(axis);
        Scalar step = Scalar.of(h);
        Tensor first;
        Tensor last;
        if (edgeOrder == 1) {
            first = at(x, axis, 1).sub(at(x, axis, 0)).div(step);
            last = at(x, axis, n - 1).sub(at(x, axis, n - 2)).div(step);
        } else {
            first = at(x, axis, 0)
                    .mul(-1.5)
                    .add(at(x, axis, 1).mul(2))
                    .sub(at(x, axis, 2).mul(0.5))
                    .div(step);
            last = at(x, axis, n - 1)
                    .mul(1.5)
                    .sub(at(x, axis, n - 2).mul(2))
                    .add(at(x, axis, n - 3).mul(0.5))
                    .div(step);
        }
        if (n == 2) {
            return first.cat(axis, last);
        }
        Tensor inside =
                x.narrow(axis, 2, n - 2).sub(x.narrow(axis, 0, n - 2)).div(step).div(Scalar.of(2.0));
        return first.cat(axis, inside, last);
    }

    private static Tensor uneven(Tensor x, Tensor coordinates, int axis, int edgeOrder) {
        long n = x.size(axis);
        long[] sizes = new long[x.rank()];
        Arrays.fill(sizes, 1);
        sizes[axis] = n - 1;
        Tensor steps = coordinates.diff(1, 0, null, null).reshape(sizes);
        Tensor first = at(x, axis, 1).sub(at(x, axis, 0)).div(at(steps, axis, 0));
        Tensor last = at(x, axis, n - 1).sub(at(x, axis, n - 2)).div(at(steps, axis, n - 2));
        if (n == 2) {
            return first.cat(axis, last);
        }
        Tensor left = steps.narrow(axis, 0, n - 2);
        Tensor right = steps.narrow(axis, 1, n - 2);
        Tensor both = left.add(right);
        Tensor inside = right.neg()
                .div(left.mul(both))
                .mul(x.narrow(axis, 0, n - 2))
                .add(right.sub(left).div(left.mul(right)).mul(x.narrow(axis, 1, n - 2)))
                .add(left.div(right.mul(both)).mul(x.narrow(axis, 2, n - 2)));
        if (edgeOrder == 2) {
            Tensor a = at(steps, axis, 0);
            Tensor b = at(steps, axis, 1);
            first = a.mul(2)
                    .add(b)
                    .neg()
                    .div(a.mul(a.add(b)))
                    .mul(at(x, axis, 0))
                    .add(a.add(b).div(a.mul(b)).mul(at(x, axis, 1)))
                    .add(a.neg().div(b.mul(a.add(b))).mul(at(x, axis, 2)));
            a = at(steps, axis, n - 3);
            b = at(steps, axis, n - 2);
            last = b.div(a.mul(a.add(b)))
                    .mul(at(x, axis, n - 3))
                    .add(a.add(b).neg().div(a.mul(b)).mul(at(x, axis, n - 2)))
                    .add(b.mul(2).add(a).div(b.mul(a.add(b))).mul(at(x, axis, n - 1)));
        }
        return first.cat(axis, inside, last);
    }

    private static Tensor at(Tensor x, int axis, long i) {
        return x.narrow(axis, i, 1);
    }
}

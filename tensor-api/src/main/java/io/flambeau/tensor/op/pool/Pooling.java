package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.conv.Sliding;

/**
 * The windows of a pooling: one number for each spatial axis.
 *
 * @param kernel the sizes of a window
 * @param stride from one window to the next
 * @param padding elements added on both sides of an axis, at most half of the kernel
 * @param dilation from one element of a window to the next
 * @param ceil whether a last window may hang over the end, if it starts inside the input or the padding in front
 */
public record Pooling(Axes kernel, Axes stride, Axes padding, Axes dilation, boolean ceil) {
    /** The number of spatial axes. */
    public int axes() {
        return kernel.count();
    }

    /** The number of windows along a spatial axis of a size. */
    public long windows(int axis, long size) {
        long step = stride.at(axis);
        long room = size + 2 * padding.at(axis) - dilation.at(axis) * (kernel.at(axis) - 1) - 1;
        long count = Math.floorDiv(room + (ceil ? step - 1 : 0), step) + 1;
        return ceil && (count - 1) * step >= size + padding.at(axis) ? count - 1 : count;
    }

    /** The shape [N, C, windows...] that x [N, C, ...] is pooled to. */
    public Shape output(Op op, Shape x) {
        if (x.rank() != axes() + 2) {
            throw new ShapeException(
                    op.title(),
                    "the input must have " + (axes() + 2) + " axes, its shape is " + x,
                    Fault.SHAPE_MISMATCH);
        }
        if (x.count() == 0 && x.range(1, x.rank()).count() == 0) {
            throw new ShapeException(
                    op.title(), "only the batch of the input may be empty, its shape is " + x, Fault.BAD_SHAPE);
        }
        long[] sizes = x.sizes();
        for (int i = 0; i < axes(); i++) {
            check(op, i);
            sizes[i + 2] = windows(i, x.size(i + 2));
            if (sizes[i + 2] < 1) {
                throw new ShapeException(
                        op.title(),
                        "windows of " + kernel + ", dilated by " + dilation + ", do not fit the input " + x
                                + " padded by " + padding,
                        Fault.BAD_SHAPE);
            }
        }
        return Shape.of(sizes);
    }

    private void check(Op op, int i) {
        String wrong = null;
        if (kernel.at(i) < 1) {
            wrong = "kernelSize is " + kernel + "; it must be positive";
        } else if (stride.at(i) < 1) {
            wrong = "stride is " + stride + "; it must be positive";
        } else if (dilation.at(i) < 1) {
            wrong = "dilation is " + dilation + "; it must be positive";
        } else if (padding.at(i) < 0 || 2 * padding.at(i) > dilation.at(i) * (kernel.at(i) - 1) + 1) {
            wrong = "padding is " + padding + "; it must be from 0 to half of what the kernel " + kernel + " spans";
        }
        if (wrong != null) {
            throw new ArgumentException(op.title(), wrong, Fault.BAD_ARGUMENT);
        }
    }

    /** These windows over an input of a shape, padded behind as far as they reach. */
    public Sliding sliding(Shape x) {
        long[] after = new long[axes()];
        for (int i = 0; i < after.length; i++) {
            long reach = (windows(i, x.size(i + 2)) - 1) * stride.at(i) + dilation.at(i) * (kernel.at(i) - 1) + 1;
            after[i] = reach - padding.at(i) - x.size(i + 2);
        }
        return new Sliding(stride, padding, Axes.of(after), dilation);
    }
}

package io.flambeau.tensor.op.conv;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Adjoint;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Window;

/**
 * How windows slide over spatial axes: one number for each axis.
 *
 * @param stride from one window to the next
 * @param before elements of padding in front of an axis
 * @param after elements of padding behind an axis
 * @param dilation from one element of a window to the next
 */
public record Sliding(Axes stride, Axes before, Axes after, Axes dilation) {
    /** The number of spatial axes. */
    public int axes() {
        return stride.count();
    }

    /** How many windows of a size fit an axis. */
    public long windows(int axis, long size, long kernel) {
        return Math.floorDiv(size + before.at(axis) + after.at(axis) - reach(axis, kernel), stride.at(axis)) + 1;
    }

    /** The elements that a window spans. */
    public long reach(int axis, long kernel) {
        return dilation.at(axis) * (kernel - 1) + 1;
    }

    /** The sizes [N, channels, windows along each axis], or an error if not even one window fits. */
    Shape output(Op op, Shape x, Shape kernel, long channels) {
        long[] sizes = new long[axes() + 2];
        sizes[0] = x.size(0);
        sizes[1] = channels;
        for (int i = 0; i < axes(); i++) {
            long size = x.size(i + 2);
            sizes[i + 2] = windows(i, size, kernel.size(i));
            if (sizes[i + 2] < 1) {
                throw new ShapeException(
                        op.title(),
                        "the kernel " + kernel + " with dilation " + dilation + " is larger than the input " + x
                                + " padded by " + before + " and " + after,
                        Fault.BAD_SHAPE);
            }
        }
        return Shape.of(sizes);
    }

    /** The windows [N, C, windows..., kernel...] of x [N, C, ...], which is padded with the value. */
    public Tensor patches(Tensor x, Shape kernel, Scalar value) {
        Tensor windows = ConstantPad.spatial(x, before, after, value);
        for (int i = 0; i < axes(); i++) {
            windows = Tensor.bind(window(i, kernel), windows);
        }
        return windows;
    }

    /** The adjoint of {@link #patches}: windows added up where they came from, the padding cut off. */
    public Tensor overlay(Tensor windows, Shape kernel, Shape x) {
        Shape[] shapes = new Shape[axes() + 1];
        shapes[0] = x;
        for (int i = 0; i < axes(); i++) {
            shapes[0] = shapes[0].with(i + 2, x.size(i + 2) + before.at(i) + after.at(i));
        }
        for (int i = 0; i < axes(); i++) {
            Spec spec = windows.spec().with(shapes[i]);
            shapes[i + 1] = window(i, kernel).infer(new Spec[] {spec})[0].shape();
        }
        Tensor sum = windows;
        for (int i = axes() - 1; i >= 0; i--) {
            sum = Tensor.bind(new Adjoint(window(i, kernel), windows.spec().with(shapes[i])), sum);
        }
        return ConstantPad.spatial(sum, ConstantPad.negated(before), ConstantPad.negated(after), Scalar.ZERO);
    }

    private Window window(int axis, Shape kernel) {
        return new Window(axis + 2, kernel.size(axis), stride.at(axis), dilation.at(axis));
    }
}

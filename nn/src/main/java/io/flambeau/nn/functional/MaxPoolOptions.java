package io.flambeau.nn.functional;

import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.pool.Pooling;

/**
 * The windows of a max pooling. One number stands for all spatial axes.
 *
 * @param kernel the size of a window
 * @param stride from one window to the next; empty for the kernel
 * @param padding elements (of minus infinity) added on both sides, at most half of the kernel
 * @param dilation from one element of a window to the next
 * @param ceilMode whether a last window may hang over the end
 */
public record MaxPoolOptions(Axes kernel, Axes stride, Axes padding, Axes dilation, boolean ceilMode) {
    private static final Axes KERNEL = Axes.of(new long[0]);

    /** Windows of this size, side by side. */
    public static MaxPoolOptions kernel(long... size) {
        return new MaxPoolOptions(Axes.of(size), KERNEL, Axes.of(0L), Axes.of(1L), false);
    }

    public MaxPoolOptions stride(long... stride) {
        return new MaxPoolOptions(kernel, Axes.of(stride), padding, dilation, ceilMode);
    }

    public MaxPoolOptions padding(long... padding) {
        return new MaxPoolOptions(kernel, stride, Axes.of(padding), dilation, ceilMode);
    }

    public MaxPoolOptions dilation(long... dilation) {
        return new MaxPoolOptions(kernel, stride, padding, Axes.of(dilation), ceilMode);
    }

    public MaxPoolOptions ceilMode(boolean ceilMode) {
        return new MaxPoolOptions(kernel, stride, padding, dilation, ceilMode);
    }

    /** One number for each spatial axis. */
    public Pooling over(String operation, int axes) {
        Axes sizes = Spread.over(operation, "kernelSize", kernel, axes);
        return new Pooling(
                sizes,
                stride.count() == 0 ? sizes : Spread.over(operation, "stride", stride, axes),
                Spread.over(operation, "padding", padding, axes),
                Spread.over(operation, "dilation", dilation, axes),
                ceilMode);
    }
}

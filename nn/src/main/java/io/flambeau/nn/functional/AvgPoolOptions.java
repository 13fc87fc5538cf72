package io.flambeau.nn.functional;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.Pooling;
import org.jspecify.annotations.Nullable;

/**
 * The windows of an average pooling. One number stands for all spatial axes.
 *
 * @param kernel the size of a window
 * @param stride from one window to the next; empty for the kernel
 * @param padding elements (zeros) added on both sides, at most half of the kernel
 * @param ceilMode whether a last window may hang over the end
 * @param countIncludePad whether the padding counts in the divisor
 * @param divisorOverride what sums are divided by instead, or null
 */
public record AvgPoolOptions(
        Axes kernel,
        Axes stride,
        Axes padding,
        boolean ceilMode,
        boolean countIncludePad,
        @Nullable Long divisorOverride) {
    private static final Axes KERNEL = Axes.of(new long[0]);

    /** Windows of this size, side by side. */
    public static AvgPoolOptions kernel(long... size) {
        return new AvgPoolOptions(Axes.of(size), KERNEL, Axes.of(0L), false, true, null);
    }

    public AvgPoolOptions stride(long... stride) {
        return new AvgPoolOptions(kernel, Axes.of(stride), padding, ceilMode, countIncludePad, divisorOverride);
    }

    public AvgPoolOptions padding(long... padding) {
        return new AvgPoolOptions(kernel, stride, Axes.of(padding), ceilMode, countIncludePad, divisorOverride);
    }

    public AvgPoolOptions ceilMode(boolean ceilMode) {
        return new AvgPoolOptions(kernel, stride, padding, ceilMode, countIncludePad, divisorOverride);
    }

    public AvgPoolOptions countIncludePad(boolean count) {
        return new AvgPoolOptions(kernel, stride, padding, ceilMode, count, divisorOverride);
    }

    public AvgPoolOptions divisorOverride(@Nullable Long divisor) {
        return new AvgPoolOptions(kernel, stride, padding, ceilMode, countIncludePad, divisor);
    }

    /** The operation over so many spatial axes. */
    public AvgPool over(String operation, int axes) {
        if (divisorOverride != null && divisorOverride == 0) {
            throw new ArgumentException(operation, "divisorOverride is 0; it must not be zero", Fault.BAD_ARGUMENT);
        }
        Axes sizes = Spread.over(operation, "kernelSize", kernel, axes);
        Pooling pooling = new Pooling(
                sizes,
                stride.count() == 0 ? sizes : Spread.over(operation, "stride", stride, axes),
                Spread.over(operation, "padding", padding, axes),
                Spread.over(operation, "dilation", Axes.of(1L), axes),
                ceilMode);
        return new AvgPool(pooling, countIncludePad, divisorOverride == null ? 0 : divisorOverride);
    }
}

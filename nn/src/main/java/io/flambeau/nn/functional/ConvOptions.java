package io.flambeau.nn.functional;

import io.flambeau.tensor.op.Axes;

/**
 * How a kernel slides over its input. One number stands for all spatial axes.
 *
 * @param stride from one window to the next
 * @param padding elements added on both sides of an axis
 * @param same whether instead as much padding is added as keeps the sizes; one more behind where it is odd
 * @param dilation from one element of the kernel to the next
 * @param groups into how many groups the channels are divided
 */
public record ConvOptions(Axes stride, Axes padding, boolean same, Axes dilation, long groups) {
    private static final ConvOptions DEFAULT = new ConvOptions(Axes.of(1L), Axes.of(0L), false, Axes.of(1L), 1);

    public static ConvOptions options() {
        return DEFAULT;
    }

    public ConvOptions stride(long... stride) {
        return new ConvOptions(Axes.of(stride), padding, same, dilation, groups);
    }

    public ConvOptions padding(long... padding) {
        return new ConvOptions(stride, Axes.of(padding), false, dilation, groups);
    }

    /** As much padding as keeps the sizes; the stride must be 1. */
    public ConvOptions paddingSame() {
        return new ConvOptions(stride, Axes.of(0L), true, dilation, groups);
    }

    public ConvOptions dilation(long... dilation) {
        return new ConvOptions(stride, padding, same, Axes.of(dilation), groups);
    }

    public ConvOptions groups(long groups) {
        return new ConvOptions(stride, padding, same, dilation, groups);
    }
}

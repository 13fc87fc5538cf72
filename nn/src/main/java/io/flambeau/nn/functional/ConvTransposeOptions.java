package io.flambeau.nn.functional;

import io.flambeau.tensor.op.Axes;

/**
 * The convolution that a transposed convolution is the adjoint of. One number stands for all spatial axes.
 *
 * @param stride from one window to the next
 * @param padding elements that the convolution adds on both sides, and that are therefore cut off here
 * @param outputPadding elements added behind the result, less than stride or dilation
 * @param dilation from one element of the kernel to the next
 * @param groups into how many groups the channels are divided
 */
public record ConvTransposeOptions(Axes stride, Axes padding, Axes outputPadding, Axes dilation, long groups) {
    private static final ConvTransposeOptions DEFAULT =
            new ConvTransposeOptions(Axes.of(1L), Axes.of(0L), Axes.of(0L), Axes.of(1L), 1);

    public static ConvTransposeOptions options() {
        return DEFAULT;
    }

    public ConvTransposeOptions stride(long... stride) {
        return new ConvTransposeOptions(Axes.of(stride), padding, outputPadding, dilation, groups);
    }

    public ConvTransposeOptions padding(long... padding) {
        return new ConvTransposeOptions(stride, Axes.of(padding), outputPadding, dilation, groups);
    }

    public ConvTransposeOptions outputPadding(long... outputPadding) {
        return new ConvTransposeOptions(stride, padding, Axes.of(outputPadding), dilation, groups);
    }

    public ConvTransposeOptions dilation(long... dilation) {
        return new ConvTransposeOptions(stride, padding, outputPadding, Axes.of(dilation), groups);
    }

    public ConvTransposeOptions groups(long groups) {
        return new ConvTransposeOptions(stride, padding, outputPadding, dilation, groups);
    }
}

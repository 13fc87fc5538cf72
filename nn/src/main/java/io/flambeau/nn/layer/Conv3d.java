package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;

/**
 * A convolution (cross-correlation) of [batch, in, depth, height, width], or of one sample without the batch.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv3d.html">torch.nn.Conv3d</a>
 */
public final class Conv3d extends ConvNd {
    /** Stride 1, no padding, no dilation, one group. */
    public static ConvOptions options() {
        return ConvOptions.options();
    }

    public Conv3d(long in, long out, long kernel) {
        this(in, out, Axes.of(kernel), options(), true);
    }

    public Conv3d(long in, long out, long kernel, ConvOptions options) {
        this(in, out, Axes.of(kernel), options, true);
    }

    /**
     * @param kernel one size for all axes, or one for each
     */
    public Conv3d(long in, long out, Axes kernel, ConvOptions options, boolean withBias) {
        this(in, out, kernel, options, withBias, PadMode.CONSTANT);
    }

    /**
     * @param border what the input is padded with; {@link PadMode#CONSTANT} stands for zeros
     */
    public Conv3d(long in, long out, Axes kernel, ConvOptions options, boolean withBias, PadMode border) {
        super(3, in, out, kernel, options, withBias, border);
    }

    @Override
    Conv3d alike(long in, long out, Axes kernel, ConvOptions options, PadMode border) {
        return new Conv3d(in, out, kernel, options, true, border);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.conv3d(bordered(input), weight, bias, options);
    }
}

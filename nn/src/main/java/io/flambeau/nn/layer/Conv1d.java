package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;

/**
 * A convolution (cross-correlation) of [batch, in, length], or of one sample without the batch.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv1d.html">torch.nn.Conv1d</a>
 */
public final class Conv1d extends ConvNd {
    /** Stride 1, no padding, no dilation, one group. */
    public static ConvOptions options() {
        return ConvOptions.options();
    }

    public Conv1d(long in, long out, long kernel) {
        this(in, out, Axes.of(kernel), options(), true);
    }

    public Conv1d(long in, long out, long kernel, ConvOptions options) {
        this(in, out, Axes.of(kernel), options, true);
    }

    /**
     * @param kernel one size for all axes, or one for each
     */
    public Conv1d(long in, long out, Axes kernel, ConvOptions options, boolean withBias) {
        this(in, out, kernel, options, withBias, PadMode.CONSTANT);
    }

    /**
     * @param border what the input is padded with; {@link PadMode#CONSTANT} stands for zeros
     */
    public Conv1d(long in, long out, Axes kernel, ConvOptions options, boolean withBias, PadMode border) {
        super(1, in, out, kernel, options, withBias, border);
    }

    @Override
    Conv1d alike(long in, long out, Axes kernel, ConvOptions options, PadMode border) {
        return new Conv1d(in, out, kernel, options, true, border);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.conv1d(bordered(input), weight, bias, options);
    }
}

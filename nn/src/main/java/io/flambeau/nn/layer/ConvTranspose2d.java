package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;

/**
 * A transposed convolution over 2 axes: the gradient of a convolution in its input.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html">torch.nn.ConvTranspose2d</a>
 */
public final class ConvTranspose2d extends ConvTransposeNd {
    public ConvTranspose2d(long in, long out, long kernel) {
        this(in, out, Axes.of(kernel), ConvTransposeOptions.options(), true);
    }

    public ConvTranspose2d(long in, long out, long kernel, ConvTransposeOptions options) {
        this(in, out, Axes.of(kernel), options, true);
    }

    /**
     * @param kernel one size for all axes, or one for each
     */
    public ConvTranspose2d(long in, long out, Axes kernel, ConvTransposeOptions options, boolean withBias) {
        super(2, in, out, kernel, options, withBias);
    }

    @Override
    Tensor transposed(Tensor input, ConvTransposeOptions how) {
        return F.convTranspose2d(input, weight, bias, how);
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.tensor.Tensor;

/**
 * Sliding windows of [batch, channels, height, width] as columns.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Unfold.html">torch.nn.Unfold</a>
 */
public final class Unfold extends Module {
    private final long[] kernel;
    private final ConvOptions options;

    public Unfold(long[] kernel, ConvOptions options) {
        this.kernel = kernel.clone();
        this.options = options;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.unfold(input, kernel, options);
    }
}

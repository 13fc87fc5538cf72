package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.tensor.Tensor;

/**
 * Sums columns back into sliding windows, the adjoint of Unfold.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Fold.html">torch.nn.Fold</a>
 */
public final class Fold extends Module {
    private final long[] outputSize;
    private final long[] kernel;
    private final ConvOptions options;

    public Fold(long[] outputSize, long[] kernel, ConvOptions options) {
        this.outputSize = outputSize.clone();
        this.kernel = kernel.clone();
        this.options = options;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.fold(input, outputSize, kernel, options);
    }
}

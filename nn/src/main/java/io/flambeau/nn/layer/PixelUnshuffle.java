package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Pixels to channels, the inverse of PixelShuffle.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelUnshuffle.html">torch.nn.PixelUnshuffle</a>
 */
public final class PixelUnshuffle extends Module {
    private final long factor;

    public PixelUnshuffle(long factor) {
        this.factor = factor;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.pixelUnshuffle(input, factor);
    }

    @Override
    protected String describe() {
        return "factor=" + factor;
    }
}

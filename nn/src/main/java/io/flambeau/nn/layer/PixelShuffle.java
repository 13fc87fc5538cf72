package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Channels to pixels: [batch, c r r, h, w] to [batch, c, h r, w r].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.PixelShuffle.html">torch.nn.PixelShuffle</a>
 */
public final class PixelShuffle extends Module {
    private final long factor;

    public PixelShuffle(long factor) {
        this.factor = factor;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.pixelShuffle(input, factor);
    }

    @Override
    protected String describe() {
        return "factor=" + factor;
    }
}

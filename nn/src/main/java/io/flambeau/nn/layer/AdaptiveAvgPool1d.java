package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Means over windows that give the wanted size.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html">torch.nn.AdaptiveAvgPool1d</a>
 */
public final class AdaptiveAvgPool1d extends Module {
    private final long size;

    public AdaptiveAvgPool1d(long size) {
        this.size = size;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveAvgPool1d(input, size);
    }

    @Override
    protected String describe() {
        return "size=" + size;
    }
}

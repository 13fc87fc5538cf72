package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;

/**
 * Means over windows that give the wanted size.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html">torch.nn.AdaptiveAvgPool1d</a>
 */
public final class AdaptiveAvgPool1d extends AdaptivePool {
    /**
     * @param size of the result; -1 keeps that of the input
     */
    public AdaptiveAvgPool1d(long size) {
        super(1, size);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveAvgPool1d(input, sizes(input)[0]);
    }
}

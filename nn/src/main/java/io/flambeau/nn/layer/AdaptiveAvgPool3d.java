package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;

/**
 * Means over windows that give the wanted sizes, one or one for each axis; -1 keeps an axis as it is.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool3d.html">torch.nn.AdaptiveAvgPool3d</a>
 */
public final class AdaptiveAvgPool3d extends AdaptivePool {
    /**
     * @param sizes of the result; -1 keeps that of the input
     */
    public AdaptiveAvgPool3d(long... sizes) {
        super(3, sizes);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveAvgPool3d(input, sizes(input));
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;

/**
 * The greatest elements over windows that give the wanted sizes, one or one for each axis; -1 keeps an axis as it is.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool3d.html">torch.nn.AdaptiveMaxPool3d</a>
 */
public final class AdaptiveMaxPool3d extends AdaptivePool {
    /**
     * @param sizes of the result; -1 keeps that of the input
     */
    public AdaptiveMaxPool3d(long... sizes) {
        super(3, sizes);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveMaxPool3d(input, sizes(input));
    }

    /** The greatest elements and their places (I64) within their plane. */
    public Tensor[] callWithIndices(Tensor input) {
        return scopedAll(input, x -> F.adaptiveMaxPool3dWithIndices(x, sizes(x)));
    }
}

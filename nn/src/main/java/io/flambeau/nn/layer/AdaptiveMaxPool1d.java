package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;

/**
 * The greatest elements over windows that give the wanted size.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool1d.html">torch.nn.AdaptiveMaxPool1d</a>
 */
public final class AdaptiveMaxPool1d extends AdaptivePool {
    /**
     * @param size of the result; -1 keeps that of the input
     */
    public AdaptiveMaxPool1d(long size) {
        super(1, size);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveMaxPool1d(input, sizes(input)[0]);
    }

    /** The greatest elements and their places (I64) within their plane. */
    public Tensor[] callWithIndices(Tensor input) {
        return scopedAll(input, x -> F.adaptiveMaxPool1dWithIndices(x, sizes(x)[0]));
    }
}

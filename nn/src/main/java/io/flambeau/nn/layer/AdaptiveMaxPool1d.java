package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The greatest elements over windows that give the wanted size.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool1d.html">torch.nn.AdaptiveMaxPool1d</a>
 */
public final class AdaptiveMaxPool1d extends Module {
    private final long size;

    public AdaptiveMaxPool1d(long size) {
        this.size = size;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveMaxPool1d(input, size);
    }

    /** The greatest elements and their places (I64) within their plane. */
    public Tensor[] callWithIndices(Tensor input) {
        return scopedAll(() -> F.adaptiveMaxPool1dWithIndices(input, size));
    }

    @Override
    protected String describe() {
        return "size=" + size;
    }
}

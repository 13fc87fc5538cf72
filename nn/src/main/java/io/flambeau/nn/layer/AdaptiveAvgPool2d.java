package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;

/**
 * Means over windows that give the wanted sizes, one or one for each axis; -1 keeps an axis as it is.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html">torch.nn.AdaptiveAvgPool2d</a>
 */
public final class AdaptiveAvgPool2d extends Module {
    private final long[] sizes;

    public AdaptiveAvgPool2d(long... sizes) {
        this.sizes = sizes.clone();
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveAvgPool2d(input, sizes);
    }

    @Override
    protected String describe() {
        return "size=" + Axes.of(sizes);
    }
}

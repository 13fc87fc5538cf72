package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Means over windows that give [batch, channels, height, width] of the wanted height and width.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html">torch.nn.AdaptiveAvgPool2d</a>
 */
public final class AdaptiveAvgPool2d extends Module {
    private final long height;
    private final long width;

    public AdaptiveAvgPool2d(long size) {
        this(size, size);
    }

    public AdaptiveAvgPool2d(long height, long width) {
        this.height = height;
        this.width = width;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.adaptiveAvgPool2d(input, height, width);
    }

    @Override
    protected String describe() {
        return height + ", " + width;
    }
}

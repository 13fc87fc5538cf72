package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.InterpolateOptions;
import io.flambeau.tensor.Tensor;

/**
 * Scales spatial axes.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Upsample.html">torch.nn.Upsample</a>
 */
public final class Upsample extends Module {
    private final InterpolateOptions options;

    public Upsample(InterpolateOptions options) {
        this.options = options;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.interpolate(input, options);
    }
}

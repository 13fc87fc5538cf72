package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The input as it is.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Identity.html">torch.nn.Identity</a>
 */
public final class Identity extends Module {
    public Identity() {}

    @Override
    protected Tensor forward(Tensor input) {
        return input;
    }
}

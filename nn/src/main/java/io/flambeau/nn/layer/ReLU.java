package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * max(x, 0).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ReLU.html">torch.nn.ReLU</a>
 */
public final class ReLU extends Module {
    public ReLU() {}

    @Override
    protected Tensor forward(Tensor input) {
        return input.relu();
    }
}

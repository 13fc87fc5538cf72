package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * 1 / (1 + exp(-x)).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html">torch.nn.Sigmoid</a>
 */
public final class Sigmoid extends Module {
    public Sigmoid() {}

    @Override
    protected Tensor forward(Tensor input) {
        return input.sigmoid();
    }
}

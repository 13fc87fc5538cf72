package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The hyperbolic tangent.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanh.html">torch.nn.Tanh</a>
 */
public final class Tanh extends Module {
    public Tanh() {}

    @Override
    protected Tensor forward(Tensor input) {
        return input.tanh();
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * min(max(x / 6 + 1 / 2, 0), 1).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardsigmoid.html">torch.nn.Hardsigmoid</a>
 */
public final class Hardsigmoid extends Module {
    public Hardsigmoid() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.hardsigmoid(input);
    }
}

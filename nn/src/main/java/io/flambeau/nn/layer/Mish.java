package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x tanh(softplus(x)).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Mish.html">torch.nn.Mish</a>
 */
public final class Mish extends Module {
    public Mish() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.mish(input);
    }
}

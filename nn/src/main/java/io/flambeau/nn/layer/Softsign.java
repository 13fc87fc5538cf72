package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x / (1 + |x|).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Softsign.html">torch.nn.Softsign</a>
 */
public final class Softsign extends Module {
    public Softsign() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.softsign(input);
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The scaled ELU that keeps mean 0 and variance 1.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.SELU.html">torch.nn.SELU</a>
 */
public final class SELU extends Module {
    public SELU() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.selu(input);
    }
}

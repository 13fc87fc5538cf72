package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x times its hard sigmoid.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardswish.html">torch.nn.Hardswish</a>
 */
public final class Hardswish extends Module {
    public Hardswish() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.hardswish(input);
    }
}

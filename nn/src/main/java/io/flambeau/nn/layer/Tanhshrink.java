package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x - tanh(x).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanhshrink.html">torch.nn.Tanhshrink</a>
 */
public final class Tanhshrink extends Module {
    public Tanhshrink() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.tanhshrink(input);
    }
}

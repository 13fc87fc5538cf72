package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * min(max(x, 0), 6).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ReLU6.html">torch.nn.ReLU6</a>
 */
public final class ReLU6 extends Module {
    public ReLU6() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.relu6(input);
    }
}

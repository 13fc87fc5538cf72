package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The logarithm of the sigmoid.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LogSigmoid.html">torch.nn.LogSigmoid</a>
 */
public final class LogSigmoid extends Module {
    public LogSigmoid() {}

    @Override
    protected Tensor forward(Tensor input) {
        return F.logsigmoid(input);
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x, or 0 within lambda of 0.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardshrink.html">torch.nn.Hardshrink</a>
 */
public final class Hardshrink extends Module {
    private final double lambda;

    public Hardshrink() {
        this(0.5);
    }

    public Hardshrink(double lambda) {
        this.lambda = lambda;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.hardshrink(input, lambda);
    }

    @Override
    protected String describe() {
        return "lambda=" + lambda;
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x moved toward 0 by lambda, and 0 within it.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Softshrink.html">torch.nn.Softshrink</a>
 */
public final class Softshrink extends Module {
    private final double lambda;

    public Softshrink() {
        this(0.5);
    }

    public Softshrink(double lambda) {
        this.lambda = lambda;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.softshrink(input, lambda);
    }

    @Override
    protected String describe() {
        return "lambda=" + lambda;
    }
}

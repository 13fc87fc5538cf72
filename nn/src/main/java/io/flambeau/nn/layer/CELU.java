package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * max(0, x) + min(0, alpha (exp(x / alpha) - 1)).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CELU.html">torch.nn.CELU</a>
 */
public final class CELU extends Module {
    private final double alpha;

    public CELU() {
        this(1);
    }

    public CELU(double alpha) {
        this.alpha = alpha;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.celu(input, alpha);
    }

    @Override
    protected String describe() {
        return "alpha=" + alpha;
    }
}

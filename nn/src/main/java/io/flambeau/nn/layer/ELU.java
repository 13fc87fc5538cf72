package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x, or alpha (exp(x) - 1) below 0.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ELU.html">torch.nn.ELU</a>
 */
public final class ELU extends Module {
    private final double alpha;

    public ELU() {
        this(1);
    }

    /**
     * @param alpha minus the limit far below 0
     */
    public ELU(double alpha) {
        this.alpha = alpha;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.elu(input, alpha);
    }

    @Override
    protected String describe() {
        return "alpha=" + alpha;
    }
}

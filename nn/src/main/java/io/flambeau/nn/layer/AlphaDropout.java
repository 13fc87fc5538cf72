package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Dropout that keeps the mean and variance that SELU keeps.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AlphaDropout.html">torch.nn.AlphaDropout</a>
 */
public final class AlphaDropout extends Module {
    private final double p;

    public AlphaDropout() {
        this(0.5);
    }

    /**
     * @param p the probability of being dropped
     */
    public AlphaDropout(double p) {
        this.p = p;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.alphaDropout(input, p, isTraining());
    }

    @Override
    protected String describe() {
        return "p=" + p;
    }
}

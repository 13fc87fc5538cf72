package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Dropout of whole channels over 1 axis.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout1d.html">torch.nn.Dropout1d</a>
 */
public final class Dropout1d extends Module {
    private final double p;

    public Dropout1d() {
        this(0.5);
    }

    /**
     * @param p the probability of being dropped
     */
    public Dropout1d(double p) {
        this.p = p;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.dropout1d(input, p, isTraining());
    }

    @Override
    protected String describe() {
        return "p=" + p;
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Dropout of whole channels over 3 axes.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout3d.html">torch.nn.Dropout3d</a>
 */
public final class Dropout3d extends Module {
    private final double p;

    public Dropout3d() {
        this(0.5);
    }

    /**
     * @param p the probability of being dropped
     */
    public Dropout3d(double p) {
        this.p = p;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.dropout3d(input, p, isTraining());
    }

    @Override
    protected String describe() {
        return "p=" + p;
    }
}

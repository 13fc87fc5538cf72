package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x bounded to [min, max].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardtanh.html">torch.nn.Hardtanh</a>
 */
public final class Hardtanh extends Module {
    private final double min;
    private final double max;

    public Hardtanh() {
        this(-1, 1);
    }

    public Hardtanh(double min, double max) {
        this.min = min;
        this.max = max;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.hardtanh(input, min, max);
    }

    @Override
    protected String describe() {
        return "min=" + min + ", max=" + max;
    }
}

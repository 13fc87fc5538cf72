package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x, or a random slope times x below 0; the mean slope in evaluation.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.RReLU.html">torch.nn.RReLU</a>
 */
public final class RReLU extends Module {
    private final double lower;
    private final double upper;

    public RReLU() {
        this(1.0 / 8, 1.0 / 3);
    }

    public RReLU(double lower, double upper) {
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.rrelu(input, lower, upper, isTraining());
    }

    @Override
    protected String describe() {
        return "lower=" + lower + ", upper=" + upper;
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;

/**
 * In training sets each element to 0 with probability p and scales the others by 1 / (1 - p); else the identity.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html">torch.nn.Dropout</a>
 */
public final class Dropout extends Module {
    private final double p;

    public Dropout(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new ArgumentException("Dropout", "p is " + p + ", not in [0, 1]", Fault.BAD_ARGUMENT);
        }
        this.p = p;
    }

    public Dropout() {
        this(0.5);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.dropout(input, p, isTraining());
    }

    @Override
    protected String describe() {
        return "p=" + p;
    }
}

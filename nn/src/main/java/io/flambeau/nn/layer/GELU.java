package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * x times the normal distribution function of x; exact, or approximated by a hyperbolic tangent.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GELU.html">torch.nn.GELU</a>
 */
public final class GELU extends Module {
    private final boolean tanh;

    public GELU() {
        this(false);
    }

    /**
     * @param tanh whether the approximation is used
     */
    public GELU(boolean tanh) {
        this.tanh = tanh;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.gelu(input, tanh ? "tanh" : "none");
    }
}

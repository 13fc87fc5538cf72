package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Kingma and Ba, <em>Adam: a method for stochastic optimization</em>, 2014; eps is added after the correction.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</a>
 */
public final class Adam extends AdamFamily {
    public Adam(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return options("Adam", 0, false);
    }
}

package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Loshchilov and Hutter, <em>Decoupled weight decay regularization</em>, 2017: Adam whose decay is not part of the
 * gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a>
 */
public final class AdamW extends AdamFamily {
    public AdamW(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return options("AdamW", 1e-2, true);
    }
}

package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.tensor.Tensor;

/**
 * Minus the log-probability of the target class.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">torch.nn.NLLLoss</a>
 */
public final class NLLLoss extends Loss {
    private final CrossEntropyOptions options;

    public NLLLoss() {
        this(CrossEntropyOptions.options());
    }

    /**
     * @param options label smoothing is not used
     */
    public NLLLoss(CrossEntropyOptions options) {
        this.options = options.weight(buffer("weight", options.weight()));
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.nllLoss(input, target, options);
    }
}

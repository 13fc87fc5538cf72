package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * The cross entropy of probabilities against targets from 0 to 1; logarithms are bounded below by -100.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">torch.nn.BCELoss</a>
 */
public final class BCELoss extends Loss {
    private final @Nullable Tensor weight;
    private final Reduction reduction;

    public BCELoss() {
        this(null, Reduction.MEAN);
    }

    /**
     * @param weight of each element, or null
     */
    public BCELoss(@Nullable Tensor weight, Reduction reduction) {
        this.weight = buffer("weight", weight);
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.binaryCrossEntropy(input, target, weight, reduction);
    }
}

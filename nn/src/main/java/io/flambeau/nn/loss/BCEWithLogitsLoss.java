package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * The cross entropy of the sigmoid of scores against targets from 0 to 1, without forming the sigmoid.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>
 */
public final class BCEWithLogitsLoss extends Loss {
    private final @Nullable Tensor weight;
    private final @Nullable Tensor positiveWeight;
    private final Reduction reduction;

    public BCEWithLogitsLoss() {
        this(null, null, Reduction.MEAN);
    }

    /**
     * @param weight of each element, or null
     * @param positiveWeight of the targets near 1, or null
     */
    public BCEWithLogitsLoss(@Nullable Tensor weight, @Nullable Tensor positiveWeight, Reduction reduction) {
        this.weight = buffer("weight", weight);
        this.positiveWeight = buffer("pos_weight", positiveWeight);
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.binaryCrossEntropyWithLogits(input, target, weight, positiveWeight, reduction);
    }
}

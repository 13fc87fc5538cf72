package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * The mean over classes of the cross entropy of sigmoids.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiLabelSoftMarginLoss.html">torch.nn.MultiLabelSoftMarginLoss</a>
 */
public final class MultiLabelSoftMarginLoss extends Loss {
    private final @Nullable Tensor weight;
    private final Reduction reduction;

    public MultiLabelSoftMarginLoss() {
        this(null, Reduction.MEAN);
    }

    /**
     * @param weight of each class, or null
     */
    public MultiLabelSoftMarginLoss(@Nullable Tensor weight, Reduction reduction) {
        this.weight = buffer("weight", weight);
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.multilabelSoftMarginLoss(input, target, weight, reduction);
    }
}

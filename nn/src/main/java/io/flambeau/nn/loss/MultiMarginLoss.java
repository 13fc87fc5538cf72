package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * The sum over the other classes of max(0, margin - x[y] + x[i])^p, over the number of classes.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiMarginLoss.html">torch.nn.MultiMarginLoss</a>
 */
public final class MultiMarginLoss extends Loss {
    private final int p;
    private final double margin;
    private final @Nullable Tensor weight;
    private final Reduction reduction;

    public MultiMarginLoss() {
        this(1, 1, null, Reduction.MEAN);
    }

    /**
     * @param p 1 or 2
     * @param weight of each class, or null
     */
    public MultiMarginLoss(int p, double margin, @Nullable Tensor weight, Reduction reduction) {
        this.p = p;
        this.margin = margin;
        this.weight = buffer("weight", weight);
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.multiMarginLoss(input, target, p, margin, weight, reduction);
    }
}

package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * max(0, -y (x1 - x2) + margin).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html">torch.nn.MarginRankingLoss</a>
 */
public final class MarginRankingLoss extends Module {
    private final double margin;
    private final Reduction reduction;

    public MarginRankingLoss() {
        this(0, Reduction.MEAN);
    }

    public MarginRankingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    /** Computes the loss, as a scope of memory of its own. */
    public Tensor call(Tensor first, Tensor second, Tensor target) {
        return scoped(first, x -> F.marginRankingLoss(x, second, target, margin, reduction));
    }
}

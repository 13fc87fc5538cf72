package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * delta times the smooth L1 loss that joins at delta.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html">torch.nn.HuberLoss</a>
 */
public final class HuberLoss extends Loss {
    private final double delta;
    private final Reduction reduction;

    public HuberLoss() {
        this(1, Reduction.MEAN);
    }

    /**
     * @param delta where the two meet
     */
    public HuberLoss(double delta, Reduction reduction) {
        this.delta = delta;
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.huberLoss(input, target, delta, reduction);
    }
}

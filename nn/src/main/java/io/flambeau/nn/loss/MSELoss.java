package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * The squares of the differences.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>
 */
public final class MSELoss extends Loss {
    private final Reduction reduction;

    public MSELoss() {
        this(Reduction.MEAN);
    }

    public MSELoss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.mseLoss(input, target, reduction);
    }
}

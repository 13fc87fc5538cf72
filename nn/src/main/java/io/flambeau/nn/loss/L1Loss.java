package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * The absolute differences.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.L1Loss.html">torch.nn.L1Loss</a>
 */
public final class L1Loss extends Loss {
    private final Reduction reduction;

    public L1Loss() {
        this(Reduction.MEAN);
    }

    public L1Loss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.l1Loss(input, target, reduction);
    }
}

package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * Squares of small differences, absolute values of large ones, joined at beta.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html">torch.nn.SmoothL1Loss</a>
 */
public final class SmoothL1Loss extends Loss {
    private final double beta;
    private final Reduction reduction;

    public SmoothL1Loss() {
        this(1, Reduction.MEAN);
    }

    /**
     * @param beta where the two meet
     */
    public SmoothL1Loss(double beta, Reduction reduction) {
        this.beta = beta;
        this.reduction = reduction;
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.smoothL1Loss(input, target, beta, reduction);
    }
}

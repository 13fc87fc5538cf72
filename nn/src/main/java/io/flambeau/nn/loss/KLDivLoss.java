package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * The divergence of targets from probabilities given by their logarithms.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html">torch.nn.KLDivLoss</a>
 */
public final class KLDivLoss extends Loss {
    private final boolean logTarget;
    private final boolean batchMean;
    private final Reduction reduction;

    public KLDivLoss() {
        this(Reduction.MEAN, false);
    }

    /**
     * @param logTarget whether the targets are logarithms too
     */
    public KLDivLoss(Reduction reduction, boolean logTarget) {
        this(reduction, false, logTarget);
    }

    private KLDivLoss(Reduction reduction, boolean batchMean, boolean logTarget) {
        this.reduction = reduction;
        this.batchMean = batchMean;
        this.logTarget = logTarget;
    }

    /** The sum over everything divided by the size of the batch: the divergence in the mathematical sense. */
    public static KLDivLoss batchMean(boolean logTarget) {
        return new KLDivLoss(Reduction.SUM, true, logTarget);
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return batchMean ? F.klDivBatchMean(input, target, logTarget) : F.klDiv(input, target, logTarget, reduction);
    }
}

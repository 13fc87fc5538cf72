package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * Connectionist temporal classification (Graves et al., 2006): log-probabilities [time, batch, classes].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html">torch.nn.CTCLoss</a>
 */
public final class CTCLoss extends Module {
    private final long blank;
    private final Reduction reduction;
    private final boolean zeroInfinity;

    public CTCLoss() {
        this(0, Reduction.MEAN, false);
    }

    /**
     * @param blank the class that stands for nothing
     * @param zeroInfinity whether impossible alignments count as 0
     */
    public CTCLoss(long blank, Reduction reduction, boolean zeroInfinity) {
        this.blank = blank;
        this.reduction = reduction;
        this.zeroInfinity = zeroInfinity;
    }

    /** Computes the loss, as a scope of memory of its own. */
    public Tensor call(Tensor logProbabilities, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
        return scoped(
                logProbabilities,
                x -> F.ctcLoss(x, targets, inputLengths, targetLengths, blank, reduction, zeroInfinity));
    }
}

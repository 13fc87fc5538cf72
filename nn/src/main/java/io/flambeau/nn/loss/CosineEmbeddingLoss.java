package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * 1 - cos for targets 1, max(0, cos - margin) for targets -1.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CosineEmbeddingLoss.html">torch.nn.CosineEmbeddingLoss</a>
 */
public final class CosineEmbeddingLoss extends Module {
    private final double margin;
    private final Reduction reduction;

    public CosineEmbeddingLoss() {
        this(0, Reduction.MEAN);
    }

    public CosineEmbeddingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    /** Computes the loss, as a scope of memory of its own. */
    public Tensor call(Tensor first, Tensor second, Tensor target) {
        return scoped(first, x -> F.cosineEmbeddingLoss(x, second, target, margin, reduction));
    }
}

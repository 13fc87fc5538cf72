package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;

/**
 * The negative log likelihood of a normal distribution, with the variance as third input.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GaussianNLLLoss.html">torch.nn.GaussianNLLLoss</a>
 */
public final class GaussianNLLLoss extends Module {
    private final boolean full;
    private final double eps;
    private final Reduction reduction;

    public GaussianNLLLoss() {
        this(false, 1e-6, Reduction.MEAN);
    }

    /**
     * @param full whether the constant is added
     * @param eps the least variance
     */
    public GaussianNLLLoss(boolean full, double eps, Reduction reduction) {
        this.full = full;
        this.eps = eps;
        this.reduction = reduction;
    }

    /** Computes the loss, as a scope of memory of its own. */
    public Tensor call(Tensor input, Tensor target, Tensor variance) {
        return scoped(input, x -> F.gaussianNllLoss(x, target, variance, full, eps, reduction));
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The p-norm of the differences along the last axis.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.PairwiseDistance.html">torch.nn.PairwiseDistance</a>
 */
public final class PairwiseDistance extends Module {
    private final double p;
    private final double eps;
    private final boolean keep;

    public PairwiseDistance() {
        this(2, 1e-6, false);
    }

    public PairwiseDistance(double p, double eps, boolean keep) {
        this.p = p;
        this.eps = eps;
        this.keep = keep;
    }

    public Tensor call(Tensor first, Tensor second) {
        return scoped(first, x -> F.pairwiseDistance(x, second, p, eps, keep));
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The cosine of the angle between two tensors along an axis.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CosineSimilarity.html">torch.nn.CosineSimilarity</a>
 */
public final class CosineSimilarity extends Module {
    private final int axis;
    private final double eps;

    public CosineSimilarity() {
        this(1, 1e-8);
    }

    public CosineSimilarity(int axis, double eps) {
        this.axis = axis;
        this.eps = eps;
    }

    public Tensor call(Tensor first, Tensor second) {
        return scoped(first, x -> F.cosineSimilarity(x, second, axis, eps));
    }
}

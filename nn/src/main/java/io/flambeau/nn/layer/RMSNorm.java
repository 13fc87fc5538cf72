package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the root of the mean square over the trailing axes (Zhang and Sennrich, 2019).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.RMSNorm.html">torch.nn.RMSNorm</a>
 */
public final class RMSNorm extends Module {
    private final Shape shape;
    private final @Nullable Double eps;
    private final @Nullable Tensor weight;

    /** Over the last axis, of this size. */
    public RMSNorm(long size) {
        this(Shape.of(size), null, true);
    }

    /**
     * @param eps added to the mean square; null for the dtype's own
     * @param affine whether there is a weight
     */
    public RMSNorm(Shape shape, @Nullable Double eps, boolean affine) {
        this.shape = shape;
        this.eps = eps;
        this.weight = parameter("weight", affine ? Tensors.ones(shape.sizes()) : null);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.rmsNorm(input, shape.sizes(), weight, eps);
    }

    @Override
    protected String describe() {
        return shape + ", eps=" + eps;
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Normalises over the trailing axes of the given shape, with the biased variance.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html">torch.nn.LayerNorm</a>
 */
public final class LayerNorm extends Module {
    private final Shape shape;
    private final double eps;
    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;

    /** Over the last axis, of this size. */
    public LayerNorm(long size) {
        this(Shape.of(size), 1e-5, true, true);
    }

    /**
     * @param shape the sizes of the trailing axes
     * @param affine whether there is a weight
     * @param withBias whether there is a bias too
     */
    public LayerNorm(Shape shape, double eps, boolean affine, boolean withBias) {
        this.shape = shape;
        this.eps = eps;
        this.weight = parameter("weight", affine ? Tensors.ones(shape.sizes()) : null);
        this.bias = parameter("bias", affine && withBias ? Tensors.zeros(shape.sizes()) : null);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.layerNorm(input, shape.sizes(), weight, bias, eps);
    }

    @Override
    protected String describe() {
        return shape + ", eps=" + eps;
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * An axis as several; one size may be -1.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Unflatten.html">torch.nn.Unflatten</a>
 */
public final class Unflatten extends Module {
    private final int axis;
    private final long[] sizes;

    public Unflatten(int axis, long... sizes) {
        this.axis = axis;
        this.sizes = sizes.clone();
    }

    @Override
    protected Tensor forward(Tensor input) {
        return input.unflatten(axis, sizes);
    }
}

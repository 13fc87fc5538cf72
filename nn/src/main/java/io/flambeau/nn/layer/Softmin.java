package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The softmax of -x along an axis.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmin.html">torch.nn.Softmin</a>
 */
public final class Softmin extends Module {
    private final int axis;

    public Softmin(int axis) {
        this.axis = axis;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.softmin(input, axis);
    }

    @Override
    protected String describe() {
        return "axis=" + axis;
    }
}

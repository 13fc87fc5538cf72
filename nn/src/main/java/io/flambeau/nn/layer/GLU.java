package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The first half of an axis times the sigmoid of the second.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GLU.html">torch.nn.GLU</a>
 */
public final class GLU extends Module {
    private final int axis;

    public GLU() {
        this(-1);
    }

    public GLU(int axis) {
        this.axis = axis;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.glu(input, axis);
    }

    @Override
    protected String describe() {
        return "axis=" + axis;
    }
}

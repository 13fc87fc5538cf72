package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * exp(x) / sum(exp(x)) along an axis.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax.html">torch.nn.Softmax</a>
 */
public final class Softmax extends Module {
    private final int axis;

    public Softmax(int axis) {
        this.axis = axis;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return input.softmax(axis);
    }

    @Override
    protected String describe() {
        return "axis=" + axis;
    }
}

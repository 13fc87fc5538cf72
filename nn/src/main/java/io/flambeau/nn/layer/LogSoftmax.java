package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The logarithm of the softmax along an axis.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html">torch.nn.LogSoftmax</a>
 */
public final class LogSoftmax extends Module {
    private final int axis;

    public LogSoftmax(int axis) {
        this.axis = axis;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return input.logSoftmax(axis);
    }

    @Override
    protected String describe() {
        return "axis=" + axis;
    }
}

package io.flambeau.nn.layer;

import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One step of {@link RNN}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.RNNCell.html">torch.nn.RNNCell</a>
 */
public final class RNNCell extends RecurrentCell {
    public RNNCell(long in, long width) {
        this(in, width, true);
    }

    public RNNCell(long in, long width, boolean bias) {
        this(in, width, bias, false);
    }

    /**
     * @param rectified whether the nonlinearity is ReLU instead of the hyperbolic tangent
     */
    public RNNCell(long in, long width, boolean bias, boolean rectified) {
        super(rectified ? Recurrence.RELU : Recurrence.TANH, in, width, bias);
    }

    /** The next state; null stands for a state of zeros. */
    public Tensor call(Tensor input, @Nullable Tensor h) {
        return scoped(input, x -> step(x, h)[0]);
    }
}

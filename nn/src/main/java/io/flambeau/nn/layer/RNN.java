package io.flambeau.nn.layer;

import io.flambeau.nn.PackedSequence;
import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A simple recurrent network (Elman, 1990).
 *
 * <p>{@code call(input)} gives the output alone.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.RNN.html">torch.nn.RNN</a>
 */
public final class RNN extends RecurrentLayer {
    public RNN(long in, long width) {
        this(in, width, RecurrentOptions.options());
    }

    public RNN(long in, long width, RecurrentOptions options) {
        this(in, width, options, false);
    }

    /**
     * @param rectified whether the nonlinearity is ReLU instead of the hyperbolic tangent
     */
    public RNN(long in, long width, RecurrentOptions options, boolean rectified) {
        super(rectified ? Recurrence.RELU : Recurrence.TANH, in, width, options.projection(0));
    }

    /**
     * @param input [T, N, in], [N, T, in] if {@code batchFirst}, or one sample [T, in]
     * @param h the first state [layers directions, N, width], or null for zeros
     * @return the output [T, N, directions width] and the last state
     */
    public Tensor[] callWithState(Tensor input, @Nullable Tensor h) {
        return scopedAll(input, x -> run(x, h));
    }

    /** As {@link #callWithState(Tensor, Tensor)}, for sequences of different lengths. */
    public Packed callWithState(PackedSequence input, @Nullable Tensor h) {
        return callPacked(input, h);
    }
}

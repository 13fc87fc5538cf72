package io.flambeau.nn.layer;

import io.flambeau.nn.PackedSequence;
import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997); gates in the order i, f, g, o.
 *
 * <p>{@code call(input)} gives the output alone.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html">torch.nn.LSTM</a>
 */
public final class LSTM extends RecurrentLayer {
    public LSTM(long in, long width) {
        this(in, width, RecurrentOptions.options());
    }

    public LSTM(long in, long width, RecurrentOptions options) {
        super(Recurrence.LSTM, in, width, options);
    }

    /**
     * @param input [T, N, in], [N, T, in] if {@code batchFirst}, or one sample [T, in]
     * @param h the first state [layers directions, N, width or projection], or null for zeros
     * @param c the first cell state [layers directions, N, width], or null for zeros
     * @return the output [T, N, directions width] and the last states h and c
     */
    public Tensor[] callWithState(Tensor input, @Nullable Tensor h, @Nullable Tensor c) {
        return scopedAll(input, x -> run(x, h, c));
    }

    /** As {@link #callWithState(Tensor, Tensor, Tensor)}, for sequences of different lengths. */
    public Packed callWithState(PackedSequence input, @Nullable Tensor h, @Nullable Tensor c) {
        return callPacked(input, h, c);
    }
}

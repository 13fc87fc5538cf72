package io.flambeau.nn.layer;

import io.flambeau.nn.PackedSequence;
import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Gated recurrent units (Cho and others, 2014), with the reset gate behind the product.
 *
 * <p>{@code call(input)} gives the output alone.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html">torch.nn.GRU</a>
 */
public final class GRU extends RecurrentLayer {
    public GRU(long in, long width) {
        this(in, width, RecurrentOptions.options());
    }

    public GRU(long in, long width, RecurrentOptions options) {
        super(Recurrence.GRU, in, width, options.projection(0));
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

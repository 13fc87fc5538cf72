package io.flambeau.nn.layer;

import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One step of {@link LSTM}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html">torch.nn.LSTMCell</a>
 */
public final class LSTMCell extends RecurrentCell {
    public LSTMCell(long in, long width) {
        this(in, width, true);
    }

    public LSTMCell(long in, long width, boolean bias) {
        super(Recurrence.LSTM, in, width, bias);
    }

    /** The next states h and c; null stands for a state of zeros. */
    public Tensor[] callWithState(Tensor input, @Nullable Tensor h, @Nullable Tensor c) {
        return scopedAll(input, x -> step(x, h, c));
    }
}

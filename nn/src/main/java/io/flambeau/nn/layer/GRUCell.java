package io.flambeau.nn.layer;

import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One step of {@link GRU}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GRUCell.html">torch.nn.GRUCell</a>
 */
public final class GRUCell extends RecurrentCell {
    public GRUCell(long in, long width) {
        this(in, width, true);
    }

    public GRUCell(long in, long width, boolean bias) {
        super(Recurrence.GRU, in, width, bias);
    }

    /** The next state; null stands for a state of zeros. */
    public Tensor call(Tensor input, @Nullable Tensor h) {
        return scoped(input, x -> step(x, h)[0]);
    }
}

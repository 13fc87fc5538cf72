package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * The axes from one to another as one, by default all but the first.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Flatten.html">torch.nn.Flatten</a>
 */
public final class Flatten extends Module {
    private final int start;
    private final int end;

    public Flatten() {
        this(1, -1);
    }

    public Flatten(int start, int end) {
        this.start = start;
        this.end = end;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return input.flatten(start, end);
    }

    @Override
    protected String describe() {
        return start + ", " + end;
    }
}

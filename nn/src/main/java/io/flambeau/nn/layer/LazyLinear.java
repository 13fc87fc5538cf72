package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;

/**
 * A {@link Linear} that takes the width of its input from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyLinear.html">torch.nn.LazyLinear</a>
 */
public final class LazyLinear extends Lazy {
    private final long out;
    private final boolean withBias;

    public LazyLinear(long out) {
        this(out, true);
    }

    public LazyLinear(long out, boolean withBias) {
        super(-1, 1, 1);
        this.out = out;
        this.withBias = withBias;
    }

    @Override
    protected Module make(long in) {
        return new Linear(in, out, withBias);
    }
}

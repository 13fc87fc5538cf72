package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;

/**
 * A {@link InstanceNorm1d} that takes its channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyInstanceNorm1d.html">torch.nn.LazyInstanceNorm1d</a>
 */
public final class LazyInstanceNorm1d extends Lazy {
    private final NormOptions options;

    public LazyInstanceNorm1d() {
        this(InstanceNorm1d.options());
    }

    public LazyInstanceNorm1d(NormOptions options) {
        super(-2, 0, 1);
        this.options = options;
    }

    @Override
    protected Module make(long in) {
        return new InstanceNorm1d(in, options);
    }
}

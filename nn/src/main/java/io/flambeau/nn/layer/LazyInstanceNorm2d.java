package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;

/**
 * A {@link InstanceNorm2d} that takes its channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyInstanceNorm2d.html">torch.nn.LazyInstanceNorm2d</a>
 */
public final class LazyInstanceNorm2d extends Lazy {
    private final NormOptions options;

    public LazyInstanceNorm2d() {
        this(InstanceNorm2d.options());
    }

    public LazyInstanceNorm2d(NormOptions options) {
        super(-3, 0, 1);
        this.options = options;
    }

    @Override
    protected Module make(long in) {
        return new InstanceNorm2d(in, options);
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;

/**
 * A {@link InstanceNorm3d} that takes its channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyInstanceNorm3d.html">torch.nn.LazyInstanceNorm3d</a>
 */
public final class LazyInstanceNorm3d extends Lazy {
    private final NormOptions options;

    public LazyInstanceNorm3d() {
        this(InstanceNorm3d.options());
    }

    public LazyInstanceNorm3d(NormOptions options) {
        super(-4, 0, 1);
        this.options = options;
    }

    @Override
    protected Module make(long in) {
        return new InstanceNorm3d(in, options);
    }
}

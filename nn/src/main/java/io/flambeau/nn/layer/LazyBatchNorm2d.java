package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;

/**
 * A {@link BatchNorm2d} that takes its channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyBatchNorm2d.html">torch.nn.LazyBatchNorm2d</a>
 */
public final class LazyBatchNorm2d extends Lazy {
    private final NormOptions options;

    public LazyBatchNorm2d() {
        this(BatchNorm2d.options());
    }

    public LazyBatchNorm2d(NormOptions options) {
        super(1, 0, 1);
        this.options = options;
    }

    @Override
    protected Module make(long in) {
        return new BatchNorm2d(in, options);
    }
}

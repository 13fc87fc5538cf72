package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;

/**
 * A {@link BatchNorm3d} that takes its channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyBatchNorm3d.html">torch.nn.LazyBatchNorm3d</a>
 */
public final class LazyBatchNorm3d extends Lazy {
    private final NormOptions options;

    public LazyBatchNorm3d() {
        this(BatchNorm3d.options());
    }

    public LazyBatchNorm3d(NormOptions options) {
        super(1, 0, 1);
        this.options = options;
    }

    @Override
    protected Module make(long in) {
        return new BatchNorm3d(in, options);
    }
}

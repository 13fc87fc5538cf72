package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;

/**
 * A {@link BatchNorm1d} that takes its channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyBatchNorm1d.html">torch.nn.LazyBatchNorm1d</a>
 */
public final class LazyBatchNorm1d extends Lazy {
    private final NormOptions options;

    public LazyBatchNorm1d() {
        this(BatchNorm1d.options());
    }

    public LazyBatchNorm1d(NormOptions options) {
        super(1, 0, 1);
        this.options = options;
    }

    @Override
    protected Module make(long in) {
        return new BatchNorm1d(in, options);
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;
import io.flambeau.tensor.Tensor;

/**
 * A {@link InstanceNorm2d} that takes its channels from the first call.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyInstanceNorm2d.html">torch.nn.LazyInstanceNorm2d</a>
 */
public final class LazyInstanceNorm2d extends Lazy {
    private final NormOptions options;

    public LazyInstanceNorm2d() {
        this(InstanceNorm2d.options());
    }

    public LazyInstanceNorm2d(NormOptions options) {
        this.options = options;
    }

    @Override
    protected Module make(Tensor input) {
        return new InstanceNorm2d(input.size(-3), options);
    }
}

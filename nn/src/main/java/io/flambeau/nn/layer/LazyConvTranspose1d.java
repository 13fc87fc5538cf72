package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.tensor.op.Axes;

/**
 * A {@link ConvTranspose1d} that takes its input channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyConvTranspose1d.html">torch.nn.LazyConvTranspose1d</a>
 */
public final class LazyConvTranspose1d extends Lazy {
    private final long out;
    private final Axes kernel;
    private final ConvTransposeOptions options;
    private final boolean withBias;

    public LazyConvTranspose1d(long out, long kernel) {
        this(out, Axes.of(kernel), ConvTransposeOptions.options(), true);
    }

    /**
     * @param kernel one size for all axes, or one for each
     */
    public LazyConvTranspose1d(long out, Axes kernel, ConvTransposeOptions options, boolean withBias) {
        super(-2, 0, 1);
        this.out = out;
        this.kernel = kernel;
        this.options = options;
        this.withBias = withBias;
    }

    @Override
    protected Module make(long in) {
        return new ConvTranspose1d(in, out, kernel, options, withBias);
    }
}

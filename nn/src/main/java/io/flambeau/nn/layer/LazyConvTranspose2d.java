package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.tensor.op.Axes;

/**
 * A {@link ConvTranspose2d} that takes its input channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyConvTranspose2d.html">torch.nn.LazyConvTranspose2d</a>
 */
public final class LazyConvTranspose2d extends Lazy {
    private final long out;
    private final Axes kernel;
    private final ConvTransposeOptions options;
    private final boolean withBias;

    public LazyConvTranspose2d(long out, long kernel) {
        this(out, Axes.of(kernel), ConvTransposeOptions.options(), true);
    }

    /**
     * @param kernel one size for all axes, or one for each
     */
    public LazyConvTranspose2d(long out, Axes kernel, ConvTransposeOptions options, boolean withBias) {
        super(-3, 0, 1);
        this.out = out;
        this.kernel = kernel;
        this.options = options;
        this.withBias = withBias;
    }

    @Override
    protected Module make(long in) {
        return new ConvTranspose2d(in, out, kernel, options, withBias);
    }
}

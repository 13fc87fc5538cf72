package io.flambeau.nn.layer;

import io.flambeau.nn.Lazy;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.tensor.op.Axes;

/**
 * A {@link Conv1d} that takes its input channels from the first call or the first state dict.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyConv1d.html">torch.nn.LazyConv1d</a>
 */
public final class LazyConv1d extends Lazy {
    private final long out;
    private final Axes kernel;
    private final ConvOptions options;
    private final boolean withBias;

    public LazyConv1d(long out, long kernel) {
        this(out, Axes.of(kernel), ConvOptions.options(), true);
    }

    /**
     * @param kernel one size for all axes, or one for each
     */
    public LazyConv1d(long out, Axes kernel, ConvOptions options, boolean withBias) {
        super(-2, 1, options.groups());
        this.out = out;
        this.kernel = kernel;
        this.options = options;
        this.withBias = withBias;
    }

    @Override
    protected Module make(long in) {
        return new Conv1d(in, out, kernel, options, withBias);
    }
}

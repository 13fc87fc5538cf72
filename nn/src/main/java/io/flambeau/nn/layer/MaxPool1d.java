package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.tensor.Tensor;

/**
 * The greatest element of each window over 1 axis; the stride is the window's size unless given.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool1d.html">torch.nn.MaxPool1d</a>
 */
public final class MaxPool1d extends Module {
    private final MaxPoolOptions options;

    public MaxPool1d(long kernel) {
        this(MaxPoolOptions.kernel(kernel));
    }

    public MaxPool1d(MaxPoolOptions options) {
        this.options = options;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.maxPool1d(input, options);
    }

    /** The greatest elements and their places (I64) within their plane, as {@link MaxUnpool1d} takes them. */
    public Tensor[] callWithIndices(Tensor input) {
        return scopedAll(input, x -> F.maxPool1dWithIndices(x, options));
    }

    @Override
    protected String describe() {
        return "kernelSize=" + options.kernel() + ", stride=" + options.stride() + ", padding=" + options.padding();
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.tensor.Tensor;

/**
 * The greatest element of each window over 2 axes; the stride is the window's size unless given.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html">torch.nn.MaxPool2d</a>
 */
public final class MaxPool2d extends Module {
    private final MaxPoolOptions options;

    public MaxPool2d(long kernel) {
        this(MaxPoolOptions.kernel(kernel));
    }

    public MaxPool2d(MaxPoolOptions options) {
        this.options = options;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.maxPool2d(input, options);
    }

    /** The greatest elements and their places (I64) within their plane, as {@link MaxUnpool2d} takes them. */
    public Tensor[] callWithIndices(Tensor input) {
        return scopedAll(input, x -> F.maxPool2dWithIndices(x, options));
    }

    @Override
    protected String describe() {
        return "kernelSize=" + options.kernel() + ", stride=" + options.stride() + ", padding=" + options.padding();
    }
}

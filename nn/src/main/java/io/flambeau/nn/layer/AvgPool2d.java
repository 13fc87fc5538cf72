package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.tensor.Tensor;

/**
 * The mean of each window over 2 axes; the stride is the window's size unless given.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html">torch.nn.AvgPool2d</a>
 */
public final class AvgPool2d extends Module {
    private final AvgPoolOptions options;

    public AvgPool2d(long kernel) {
        this(AvgPoolOptions.kernel(kernel));
    }

    public AvgPool2d(AvgPoolOptions options) {
        this.options = options;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.avgPool2d(input, options);
    }

    @Override
    protected String describe() {
        return "kernelSize=" + options.kernel() + ", stride=" + options.stride() + ", padding=" + options.padding();
    }
}

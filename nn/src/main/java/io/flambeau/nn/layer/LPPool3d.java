package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.tensor.Tensor;

/**
 * The p-norm of each window over 3 axes.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LPPool3d.html">torch.nn.LPPool3d</a>
 */
public final class LPPool3d extends Module {
    private final double p;
    private final AvgPoolOptions options;

    public LPPool3d(double p, long kernel) {
        this(p, AvgPoolOptions.kernel(kernel));
    }

    /**
     * @param options the windows; padding is not used
     */
    public LPPool3d(double p, AvgPoolOptions options) {
        this.p = p;
        this.options = options;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.lpPool3d(input, p, options);
    }

    @Override
    protected String describe() {
        return "p=" + p + ", kernelSize=" + options.kernel();
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.NormOptions;
import io.flambeau.tensor.Tensor;

/**
 * What the instance norms over different ranks share: each channel of each sample is normalised by itself. By default
 * there are neither parameters nor running statistics.
 */
abstract sealed class InstanceNormNd extends RunningNorm permits InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
    private final int axes;

    InstanceNormNd(int axes, long channels, NormOptions options) {
        super(channels, options);
        this.axes = axes;
    }

    /** eps 1e-5, momentum 0.1, no parameters, no running statistics. */
    public static NormOptions options() {
        return new NormOptions(1e-5, 0.1, false, true, false);
    }

    @Override
    protected final Tensor forward(Tensor input) {
        boolean single = input.rank() == axes + 1;
        if (!single && input.rank() != axes + 2 || options.affine() && !fits(input, single ? 0 : 1)) {
            throw refused(input);
        }
        Double momentum = options.momentum();
        Tensor normalised = F.instanceNorm(
                single ? input.unsqueeze(0) : input,
                runningMean,
                runningVar,
                weight,
                bias,
                isTraining() || runningMean == null,
                momentum == null ? 0 : momentum,
                options.eps());
        return single ? normalised.squeeze(0) : normalised;
    }
}

package io.flambeau.nn.functional;

import org.jspecify.annotations.Nullable;

/**
 * How batches or instances are normalised.
 *
 * @param eps added to the variance
 * @param momentum the share of a new value in the running one; null for the mean over all batches
 * @param affine whether there is a weight
 * @param bias whether there is a bias too
 * @param trackRunningStats whether running values are kept; else the input's own are used in evaluation too
 */
public record NormOptions(
        double eps, @Nullable Double momentum, boolean affine, boolean bias, boolean trackRunningStats) {
    public NormOptions eps(double value) {
        return new NormOptions(value, momentum, affine, bias, trackRunningStats);
    }

    public NormOptions momentum(@Nullable Double value) {
        return new NormOptions(eps, value, affine, bias, trackRunningStats);
    }

    public NormOptions affine(boolean on) {
        return new NormOptions(eps, momentum, on, bias, trackRunningStats);
    }

    public NormOptions bias(boolean on) {
        return new NormOptions(eps, momentum, affine, on, trackRunningStats);
    }

    public NormOptions trackRunningStats(boolean on) {
        return new NormOptions(eps, momentum, affine, bias, on);
    }
}

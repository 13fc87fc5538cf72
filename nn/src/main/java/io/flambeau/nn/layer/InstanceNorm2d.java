package io.flambeau.nn.layer;

import io.flambeau.nn.functional.NormOptions;

/**
 * Instance normalisation of [batch, channels, height, width], or of one sample without the batch.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm2d.html">torch.nn.InstanceNorm2d</a>
 */
public final class InstanceNorm2d extends InstanceNormNd {
    public InstanceNorm2d(long channels) {
        this(channels, options());
    }

    public InstanceNorm2d(long channels, NormOptions options) {
        super(2, channels, options);
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.functional.NormOptions;

/**
 * Instance normalisation of [batch, channels, depth, height, width], or of one sample without the batch.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm3d.html">torch.nn.InstanceNorm3d</a>
 */
public final class InstanceNorm3d extends InstanceNormNd {
    public InstanceNorm3d(long channels) {
        this(channels, options());
    }

    public InstanceNorm3d(long channels, NormOptions options) {
        super(3, channels, options);
    }
}

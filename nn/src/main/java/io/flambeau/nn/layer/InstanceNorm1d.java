package io.flambeau.nn.layer;

import io.flambeau.nn.functional.NormOptions;

/**
 * Instance normalisation of [batch, channels, length], or of one sample without the batch.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm1d.html">torch.nn.InstanceNorm1d</a>
 */
public final class InstanceNorm1d extends InstanceNormNd {
    public InstanceNorm1d(long channels) {
        this(channels, options());
    }

    public InstanceNorm1d(long channels, NormOptions options) {
        super(1, channels, options);
    }
}

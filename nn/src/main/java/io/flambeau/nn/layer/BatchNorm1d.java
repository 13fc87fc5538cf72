package io.flambeau.nn.layer;

import io.flambeau.nn.functional.NormOptions;

/**
 * Batch normalisation of [batch, channels] or [batch, channels, length].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html">torch.nn.BatchNorm1d</a>
 */
public final class BatchNorm1d extends BatchNormNd {
    public BatchNorm1d(long channels) {
        this(channels, options());
    }

    public BatchNorm1d(long channels, NormOptions options) {
        super(channels, options);
    }

    @Override
    boolean takes(int rank) {
        return rank == 2 || rank == 3;
    }
}

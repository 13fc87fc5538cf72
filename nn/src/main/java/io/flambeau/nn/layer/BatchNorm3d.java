package io.flambeau.nn.layer;

import io.flambeau.nn.functional.NormOptions;

/**
 * Batch normalisation of [batch, channels, depth, height, width].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm3d.html">torch.nn.BatchNorm3d</a>
 */
public final class BatchNorm3d extends BatchNormNd {
    public BatchNorm3d(long channels) {
        this(channels, options());
    }

    public BatchNorm3d(long channels, NormOptions options) {
        super(channels, options);
    }

    @Override
    boolean takes(int rank) {
        return rank == 5;
    }
}

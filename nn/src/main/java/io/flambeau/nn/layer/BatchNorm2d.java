package io.flambeau.nn.layer;

import io.flambeau.nn.functional.NormOptions;

/**
 * Batch normalisation of [batch, channels, height, width].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>
 */
public final class BatchNorm2d extends BatchNormNd {
    public BatchNorm2d(long channels) {
        this(channels, options());
    }

    public BatchNorm2d(long channels, NormOptions options) {
        super(channels, options);
    }

    @Override
    boolean takes(int rank) {
        return rank == 4;
    }
}

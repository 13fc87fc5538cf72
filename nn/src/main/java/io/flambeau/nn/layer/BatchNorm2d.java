package io.flambeau.nn.layer;

/**
 * Batch normalisation of [batch, channels, height, width].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>
 */
public final class BatchNorm2d extends BatchNormNd {
    public BatchNorm2d(long channels) {
        this(channels, options());
    }

    public BatchNorm2d(long channels, Options options) {
        super(channels, options);
    }

    @Override
    boolean takes(int rank) {
        return rank == 4;
    }
}

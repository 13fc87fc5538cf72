package io.flambeau.nn.functional;

import org.jspecify.annotations.Nullable;

/**
 * How rows are looked up.
 *
 * @param paddingIndex the row that gets no gradient, counted from the end if negative; null for none
 * @param maxNorm rows that are looked up are scaled down in place to this norm; null for no bound
 * @param normType the order of that norm
 * @param scaleGradByFrequency whether a row's gradient is divided by how often its index occurs
 */
public record EmbeddingOptions(
        @Nullable Long paddingIndex, @Nullable Double maxNorm, double normType, boolean scaleGradByFrequency) {
    private static final EmbeddingOptions DEFAULT = new EmbeddingOptions(null, null, 2, false);

    public static EmbeddingOptions options() {
        return DEFAULT;
    }

    public EmbeddingOptions paddingIndex(@Nullable Long index) {
        return new EmbeddingOptions(index, maxNorm, normType, scaleGradByFrequency);
    }

    public EmbeddingOptions maxNorm(@Nullable Double norm) {
        return new EmbeddingOptions(paddingIndex, norm, normType, scaleGradByFrequency);
    }

    public EmbeddingOptions normType(double order) {
        return new EmbeddingOptions(paddingIndex, maxNorm, order, scaleGradByFrequency);
    }

    public EmbeddingOptions scaleGradByFrequency(boolean scale) {
        return new EmbeddingOptions(paddingIndex, maxNorm, normType, scale);
    }
}

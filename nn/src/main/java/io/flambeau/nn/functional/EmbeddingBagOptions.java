package io.flambeau.nn.functional;

import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How rows are looked up and combined.
 *
 * @param offsets where each bag starts in a vector of indices; null where rows of indices are bags
 * @param mode how the rows of a bag are combined
 * @param perSampleWeights what each row is multiplied with before it is summed, or null
 * @param includeLastOffset whether the last offset is the end of the last bag
 * @param paddingIndex the row that does not count, counted from the end if negative; null for none
 * @param maxNorm rows that are looked up are scaled down in place to this norm; null for no bound
 * @param normType the order of that norm
 * @param scaleGradByFrequency whether a row's gradient is divided by how often its index occurs
 */
public record EmbeddingBagOptions(
        @Nullable Tensor offsets,
        Mode mode,
        @Nullable Tensor perSampleWeights,
        boolean includeLastOffset,
        @Nullable Long paddingIndex,
        @Nullable Double maxNorm,
        double normType,
        boolean scaleGradByFrequency) {
    /** How the rows of a bag are combined; an empty bag gives zeros. */
    public enum Mode {
        SUM,
        MEAN,
        MAX
    }

    private static final EmbeddingBagOptions DEFAULT =
            new EmbeddingBagOptions(null, Mode.MEAN, null, false, null, null, 2, false);

    public static EmbeddingBagOptions options() {
        return DEFAULT;
    }

    public EmbeddingBagOptions offsets(@Nullable Tensor offsets) {
        return new EmbeddingBagOptions(
                offsets,
                mode,
                perSampleWeights,
                includeLastOffset,
                paddingIndex,
                maxNorm,
                normType,
                scaleGradByFrequency);
    }

    public EmbeddingBagOptions mode(Mode mode) {
        return new EmbeddingBagOptions(
                offsets,
                mode,
                perSampleWeights,
                includeLastOffset,
                paddingIndex,
                maxNorm,
                normType,
                scaleGradByFrequency);
    }

    public EmbeddingBagOptions perSampleWeights(@Nullable Tensor weights) {
        return new EmbeddingBagOptions(
                offsets, mode, weights, includeLastOffset, paddingIndex, maxNorm, normType, scaleGradByFrequency);
    }

    public EmbeddingBagOptions includeLastOffset(boolean include) {
        return new EmbeddingBagOptions(
                offsets, mode, perSampleWeights, include, paddingIndex, maxNorm, normType, scaleGradByFrequency);
    }

    public EmbeddingBagOptions paddingIndex(@Nullable Long index) {
        return new EmbeddingBagOptions(
                offsets, mode, perSampleWeights, includeLastOffset, index, maxNorm, normType, scaleGradByFrequency);
    }

    public EmbeddingBagOptions maxNorm(@Nullable Double norm) {
        return new EmbeddingBagOptions(
                offsets, mode, perSampleWeights, includeLastOffset, paddingIndex, norm, normType, scaleGradByFrequency);
    }

    public EmbeddingBagOptions normType(double order) {
        return new EmbeddingBagOptions(
                offsets, mode, perSampleWeights, includeLastOffset, paddingIndex, maxNorm, order, scaleGradByFrequency);
    }

    public EmbeddingBagOptions scaleGradByFrequency(boolean scale) {
        return new EmbeddingBagOptions(
                offsets, mode, perSampleWeights, includeLastOffset, paddingIndex, maxNorm, normType, scale);
    }
}

package io.flambeau.nn.functional;

import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a query attends to.
 *
 * @param mask BOOL, true where a query may attend, or values added to the scores; null for none
 * @param dropout the probability that a weight is dropped; always applied
 * @param causal whether query i attends to keys up to i only
 * @param scale what the products are multiplied with, or null for 1 / sqrt(width)
 * @param groupedQueries whether several heads of the query may share one of key and value
 */
public record AttentionOptions(
        @Nullable Tensor mask,
        double dropout,
        boolean causal,
        @Nullable Double scale,
        boolean groupedQueries) {
    private static final AttentionOptions DEFAULT = new AttentionOptions(null, 0, false, null, false);

    public static AttentionOptions options() {
        return DEFAULT;
    }

    public AttentionOptions mask(@Nullable Tensor mask) {
        return new AttentionOptions(mask, dropout, causal, scale, groupedQueries);
    }

    public AttentionOptions dropout(double p) {
        return new AttentionOptions(mask, p, causal, scale, groupedQueries);
    }

    public AttentionOptions causal(boolean causal) {
        return new AttentionOptions(mask, dropout, causal, scale, groupedQueries);
    }

    public AttentionOptions scale(@Nullable Double scale) {
        return new AttentionOptions(mask, dropout, causal, scale, groupedQueries);
    }

    public AttentionOptions groupedQueries(boolean grouped) {
        return new AttentionOptions(mask, dropout, causal, scale, grouped);
    }
}

package io.flambeau.nn.functional;

import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How several heads attend.
 *
 * @param heads how many
 * @param keyPaddingMask [N, S]: BOOL, true where a key is ignored, or values added to the scores; or null
 * @param mask [L, S] or [N heads, L, S]: BOOL, true where a query may not attend, or values added to the scores; or
 *     null
 * @param dropout the probability that a weight is dropped in training
 * @param training whether anything is dropped
 * @param needWeights whether the weights are wanted too
 * @param averageWeights whether they are averaged over the heads
 * @param addZeroAttention whether there is one more key and value of zeros
 */
public record MultiHeadOptions(
        int heads,
        @Nullable Tensor keyPaddingMask,
        @Nullable Tensor mask,
        double dropout,
        boolean training,
        boolean needWeights,
        boolean averageWeights,
        boolean addZeroAttention) {
    /** So many heads. */
    public static MultiHeadOptions heads(int heads) {
        return new MultiHeadOptions(heads, null, null, 0, true, true, true, false);
    }

    public MultiHeadOptions keyPaddingMask(@Nullable Tensor keyPaddingMask) {
        return new MultiHeadOptions(
                heads, keyPaddingMask, mask, dropout, training, needWeights, averageWeights, addZeroAttention);
    }

    public MultiHeadOptions mask(@Nullable Tensor mask) {
        return new MultiHeadOptions(
                heads, keyPaddingMask, mask, dropout, training, needWeights, averageWeights, addZeroAttention);
    }

    public MultiHeadOptions dropout(double p, boolean training) {
        return new MultiHeadOptions(
                heads, keyPaddingMask, mask, p, training, needWeights, averageWeights, addZeroAttention);
    }

    public MultiHeadOptions needWeights(boolean need) {
        return new MultiHeadOptions(
                heads, keyPaddingMask, mask, dropout, training, need, averageWeights, addZeroAttention);
    }

    public MultiHeadOptions averageWeights(boolean average) {
        return new MultiHeadOptions(
                heads, keyPaddingMask, mask, dropout, training, needWeights, average, addZeroAttention);
    }

    public MultiHeadOptions addZeroAttention(boolean add) {
        return new MultiHeadOptions(heads, keyPaddingMask, mask, dropout, training, needWeights, averageWeights, add);
    }
}

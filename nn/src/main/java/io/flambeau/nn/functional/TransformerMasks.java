package io.flambeau.nn.functional;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * What the attentions of a transformer may not see: BOOL, true where blocked, or values added to the scores; null where
 * all is seen.
 *
 * @param source [S, S], of the encoder
 * @param target [T, T], of the decoder
 * @param memory [T, S], of the decoder towards the encoder
 * @param sourcePadding [N, S], of the encoder's keys
 * @param targetPadding [N, T], of the decoder's keys
 * @param memoryPadding [N, S], of the decoder's keys in the encoder
 */
public record TransformerMasks(
        @Nullable Tensor source,
        @Nullable Tensor target,
        @Nullable Tensor memory,
        @Nullable Tensor sourcePadding,
        @Nullable Tensor targetPadding,
        @Nullable Tensor memoryPadding) {
    /** All is seen. */
    public static TransformerMasks none() {
        return new TransformerMasks(null, null, null, null, null, null);
    }

    /** The mask [size, size] under which a place sees itself and what comes before: minus infinity above the diagonal. */
    public static Tensor causal(long size) {
        return Tensors.full(Double.NEGATIVE_INFINITY, size, size).triu(1);
    }

    public TransformerMasks source(@Nullable Tensor mask) {
        return new TransformerMasks(mask, target, memory, sourcePadding, targetPadding, memoryPadding);
    }

    public TransformerMasks target(@Nullable Tensor mask) {
        return new TransformerMasks(source, mask, memory, sourcePadding, targetPadding, memoryPadding);
    }

    public TransformerMasks memory(@Nullable Tensor mask) {
        return new TransformerMasks(source, target, mask, sourcePadding, targetPadding, memoryPadding);
    }

    public TransformerMasks sourcePadding(@Nullable Tensor mask) {
        return new TransformerMasks(source, target, memory, mask, targetPadding, memoryPadding);
    }

    public TransformerMasks targetPadding(@Nullable Tensor mask) {
        return new TransformerMasks(source, target, memory, sourcePadding, mask, memoryPadding);
    }

    public TransformerMasks memoryPadding(@Nullable Tensor mask) {
        return new TransformerMasks(source, target, memory, sourcePadding, targetPadding, mask);
    }
}

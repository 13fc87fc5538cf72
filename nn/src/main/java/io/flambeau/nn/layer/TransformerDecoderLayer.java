package io.flambeau.nn.layer;

import io.flambeau.nn.functional.TransformerMasks;
import io.flambeau.nn.functional.TransformerOptions;
import io.flambeau.tensor.Tensor;
import java.util.Objects;

/**
 * Attention of a sequence to itself, then to another one, then a feed-forward network.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerDecoderLayer.html">torch.nn.TransformerDecoderLayer</a>
 */
public final class TransformerDecoderLayer extends TransformerLayer {
    public TransformerDecoderLayer(long width, int heads) {
        this(width, heads, TransformerOptions.options());
    }

    public TransformerDecoderLayer(long width, int heads, TransformerOptions options) {
        super(width, heads, options, true);
    }

    public Tensor call(Tensor target, Tensor memory) {
        return call(target, memory, TransformerMasks.none());
    }

    /**
     * @param target the sequence
     * @param memory what the encoder gave
     * @param masks target, memory and their paddings are used
     */
    public Tensor call(Tensor target, Tensor memory, TransformerMasks masks) {
        MultiheadAttention cross = Objects.requireNonNull(crossAttention);
        return scoped(target, input -> {
            Tensor x = residual(0, input, y -> attend(y, masks.target(), masks.targetPadding()));
            x = residual(1, x, y -> cross.call(y, memory, memory, masks.memoryPadding(), masks.memory()));
            return residual(2, x, this::feedForward);
        });
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.nn.ModuleList;
import io.flambeau.nn.functional.TransformerMasks;
import io.flambeau.tensor.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decoder layers one on the other, and a norm.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerDecoder.html">torch.nn.TransformerDecoder</a>
 */
public final class TransformerDecoder extends Module {
    private final ModuleList<TransformerDecoderLayer> layers = child("layers", new ModuleList<>());
    private final @Nullable LayerNorm norm;

    /**
     * @param layer makes each layer
     * @param norm at the end, or null
     */
    public TransformerDecoder(Supplier<TransformerDecoderLayer> layer, int count, @Nullable LayerNorm norm) {
        for (int i = 0; i < count; i++) {
            layers.add(layer.get());
        }
        this.norm = norm == null ? null : child("norm", norm);
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
        return scoped(target, input -> {
            Tensor x = input;
            for (TransformerDecoderLayer layer : layers) {
                x = layer.call(x, memory, masks);
            }
            return norm == null ? x : norm.call(x);
        });
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.nn.ModuleList;
import io.flambeau.tensor.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encoder layers one on the other, and a norm.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerEncoder.html">torch.nn.TransformerEncoder</a>
 */
public final class TransformerEncoder extends Module {
    private final ModuleList<TransformerEncoderLayer> layers = child("layers", new ModuleList<>());
    private final @Nullable LayerNorm norm;

    /**
     * @param layer makes each layer
     * @param norm at the end, or null
     */
    public TransformerEncoder(Supplier<TransformerEncoderLayer> layer, int count, @Nullable LayerNorm norm) {
        for (int i = 0; i < count; i++) {
            layers.add(layer.get());
        }
        this.norm = norm == null ? null : child("norm", norm);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return forward(input, null, null);
    }

    private Tensor forward(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
        Tensor x = input;
        for (TransformerEncoderLayer layer : layers) {
            x = layer.call(x, mask, keyPaddingMask);
        }
        return norm == null ? x : norm.call(x);
    }

    /**
     * @param mask [S, S] or [N heads, S, S], or null
     * @param keyPaddingMask [N, S], or null
     */
    public Tensor call(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
        return scoped(input, x -> forward(x, mask, keyPaddingMask));
    }
}

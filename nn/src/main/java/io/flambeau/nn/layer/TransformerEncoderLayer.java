package io.flambeau.nn.layer;

import io.flambeau.nn.functional.TransformerOptions;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself, then a feed-forward network.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerEncoderLayer.html">torch.nn.TransformerEncoderLayer</a>
 */
public final class TransformerEncoderLayer extends TransformerLayer {
    public TransformerEncoderLayer(long width, int heads) {
        this(width, heads, TransformerOptions.options());
    }

    public TransformerEncoderLayer(long width, int heads, TransformerOptions options) {
        super(width, heads, options, false);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return forward(input, null, null);
    }

    private Tensor forward(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
        Tensor x = residual(0, input, y -> attend(y, mask, keyPaddingMask));
        return residual(1, x, this::feedForward);
    }

    /**
     * @param mask [S, S] or [N heads, S, S], or null
     * @param keyPaddingMask [N, S], or null
     */
    public Tensor call(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
        return scoped(input, x -> forward(x, mask, keyPaddingMask));
    }
}

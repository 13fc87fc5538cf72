package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.nn.functional.TransformerOptions;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the layers of encoder and decoder share: attention and feed-forward, each with a norm around a residual sum. */
abstract sealed class TransformerLayer extends Module permits TransformerEncoderLayer, TransformerDecoderLayer {
    private final TransformerOptions options;
    private final MultiheadAttention selfAttention;
    final @Nullable MultiheadAttention crossAttention;
    private final Linear linear1;
    private final Dropout dropout;
    private final Linear linear2;
    private final LayerNorm[] norms;
    private final Dropout[] dropouts;

    /** The children are registered in PyTorch's order, which decides the order of the parameters in optimizers. */
    TransformerLayer(long width, int heads, TransformerOptions options, boolean cross) {
        this.options = options;
        this.selfAttention = child("self_attn", attention(width, heads));
        this.crossAttention = cross ? child("multihead_attn", attention(width, heads)) : null;
        this.linear1 = child("linear1", new Linear(width, options.feedForward(), options.bias()));
        this.dropout = child("dropout", new Dropout(options.dropout()));
        this.linear2 = child("linear2", new Linear(options.feedForward(), width, options.bias()));
        this.norms = new LayerNorm[cross ? 3 : 2];
        this.dropouts = new Dropout[norms.length];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = child("norm" + (i + 1), norm(width, options));
        }
        for (int i = 0; i < norms.length; i++) {
            dropouts[i] = child("dropout" + (i + 1), new Dropout(options.dropout()));
        }
    }

    static LayerNorm norm(long width, TransformerOptions options) {
        return new LayerNorm(Shape.of(width), options.eps(), true, options.bias());
    }

    private MultiheadAttention attention(long width, int heads) {
        return new MultiheadAttention(
                width,
                heads,
                MultiheadAttention.options()
                        .dropout(options.dropout())
                        .bias(options.bias())
                        .batchFirst(options.batchFirst()));
    }

    /** x plus what the part makes of it, with the norm before the part or behind the sum. */
    final Tensor residual(int at, Tensor x, UnaryOperator<Tensor> part) {
        Dropout drop = dropouts[at];
        LayerNorm norm = norms[at];
        return options.normFirst()
                ? x.add(drop.call(part.apply(norm.call(x))))
                : norm.call(x.add(drop.call(part.apply(x))));
    }

    final Tensor attend(Tensor x, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
        return selfAttention.call(x, x, x, keyPaddingMask, mask);
    }

    final Tensor feedForward(Tensor x) {
        return linear2.call(dropout.call(options.activation().apply(linear1.call(x))));
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.EmbeddingOptions;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/**
 * A table of rows picked by index (I64): [...] to [..., width]. Rows start normal, the padding row zero.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Embedding.html">torch.nn.Embedding</a>
 */
public final class Embedding extends Module {
    private final EmbeddingOptions options;
    private final Tensor weight;

    public Embedding(long rows, long width) {
        this(rows, width, EmbeddingOptions.options());
    }

    public Embedding(long rows, long width, EmbeddingOptions options) {
        this.options = options;
        this.weight = parameter("weight", Init.normal(Tensors.empty(rows, width), 0, 1));
        Long padding = options.paddingIndex();
        if (padding != null) {
            Tensors.noGrad(() -> {
                weight.select(0, padding).zero_();
            });
        }
    }

    public Tensor weight() {
        return weight;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.embedding(input, weight, options);
    }

    @Override
    protected String describe() {
        return weight.size(0) + ", " + weight.size(1);
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.EmbeddingBagOptions;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Sums, means or maxima of bags of rows picked by index.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.EmbeddingBag.html">torch.nn.EmbeddingBag</a>
 */
public final class EmbeddingBag extends Module {
    private final EmbeddingBagOptions options;
    private final Tensor weight;

    public EmbeddingBag(long rows, long width) {
        this(rows, width, EmbeddingBagOptions.options());
    }

    /**
     * @param options everything but the offsets and weights of a call
     */
    public EmbeddingBag(long rows, long width, EmbeddingBagOptions options) {
        this.options = options;
        this.weight = parameter("weight", Init.normal(Tensors.empty(rows, width), 0, 1));
        Long padding = options.paddingIndex();
        if (padding != null) {
            Tensors.noGrad(() -> {
                weight.select(0, padding).zero_();
            });
        }
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.embeddingBag(input, weight, options);
    }

    /**
     * @param offsets where each bag begins in a vector of indices, or null for a matrix of bags
     * @param perSampleWeights a factor for each index, or null
     */
    public Tensor call(Tensor input, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
        EmbeddingBagOptions full = options.offsets(offsets).perSampleWeights(perSampleWeights);
        return scoped(input, x -> F.embeddingBag(x, weight, full));
    }
}

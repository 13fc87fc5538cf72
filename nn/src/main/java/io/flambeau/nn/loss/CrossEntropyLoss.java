package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.tensor.Tensor;

/**
 * The negative logarithm of the softmax at the target class, from scores [batch, classes, ...] and classes (I64), or
 * probabilities of the scores' shape.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
 */
public final class CrossEntropyLoss extends Loss {
    private final CrossEntropyOptions options;

    public CrossEntropyLoss() {
        this(CrossEntropyOptions.options());
    }

    public CrossEntropyLoss(CrossEntropyOptions options) {
        this.options = options.weight(buffer("weight", options.weight()));
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        return F.crossEntropy(input, target, options);
    }
}

package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.nn.layer.Linear;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;

/**
 * Cross entropy of scores that a linear map makes of the input: [N, in] or [in] against classes [N, outs...] (I64) or
 * probabilities [N, classes, outs...].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LinearCrossEntropyLoss.html">torch.nn.LinearCrossEntropyLoss</a>
 */
public final class LinearCrossEntropyLoss extends Loss {
    private final Linear linear;
    private final Shape scores;
    private final CrossEntropyOptions options;

    public LinearCrossEntropyLoss(long in, long classes) {
        this(in, classes, CrossEntropyOptions.options(), false);
    }

    /**
     * @param withBias whether the linear map has a bias
     * @param outs the sizes of a loss of several axes; none for one score per class
     */
    public LinearCrossEntropyLoss(long in, long classes, CrossEntropyOptions options, boolean withBias, long... outs) {
        this.scores = Shape.of(classes).concat(Shape.of(outs));
        this.options = options.weight(buffer("weight", options.weight()));
        this.linear = child("linear", new Linear(in, scores.count(), withBias));
    }

    @Override
    protected Tensor forward(Tensor input, Tensor target) {
        Tensor flat = linear.call(input);
        Shape batch = flat.shape().range(0, flat.rank() - 1);
        return F.crossEntropy(flat.reshape(batch.concat(scores)), target, options);
    }
}

package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradient of {@link CrossEntropy} for the logits. Inputs are the cotangent, the logits, the targets, the logarithm
 * of the sum of the exponentials (which the definition, to be differentiated itself, forms anew) and, if there are any,
 * the weights.
 */
public record CrossEntropyBackward(CrossEntropy loss) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the input", in[1]);
        return new Spec[] {in[1]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor logits = in[1];
        Tensor weights = loss.weighted() ? in[4] : null;
        Tensor softmax = logits.softmax(1);
        ClassLoss targets = ClassLoss.of(logits, in[2], weights, loss.ignoreIndex());
        Tensor hot = logits.newZeros(logits.shape())
                .scatter(1, targets.index(), logits.newFull(targets.index().shape(), Scalar.ONE));
        Tensor slope = softmax.sub(hot).mul(targets.weight().unsqueeze(1));
        double smoothing = loss.smoothing();
        if (smoothing > 0) {
            Tensor even = weights == null
                    ? softmax.mul(logits.size(1)).sub(1)
                    : softmax.mul(weights.sum()).sub(CrossEntropy.aligned(weights, logits.rank()));
            slope = slope.mul(1 - smoothing).add(even.mul(smoothing / logits.size(1)));
        }
        Tensor gradient = slope.mul(targets.spread(in[0], loss.reduction()).unsqueeze(1));
        return new Tensor[] {gradient.where(targets.valid().unsqueeze(1), gradient.zerosLike())};
    }
}

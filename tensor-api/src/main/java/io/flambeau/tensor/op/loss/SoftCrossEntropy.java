package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The cross entropy of logits [N, C, ...] with probabilities of the same shape. The third input, if there is one,
 * weighs the classes [C]; the mean divides by the number of distributions.
 *
 * @param smoothing the share of each distribution that goes evenly to all classes, from 0 to 1
 */
public record SoftCrossEntropy(boolean weighted, double smoothing, Reduction reduction) implements Fused {
    @Override
    public String title() {
        return "crossEntropy";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new ArgumentException(
                    title(), "labelSmoothing is " + smoothing + "; it must be from 0 to 1", Fault.BAD_ARGUMENT);
        }
        Laws.requireRealFloating(this, "the input", in[0]);
        Laws.requireSame(this, in[0], in[1]);
        Shape shape = in[0].shape();
        if (weighted) {
            Laws.requireLike(this, "the weight", in[2], in[0]);
            Laws.requireShape(this, "the weight", in[2], Shape.of(shape.size(1)));
        }
        return new Spec[] {in[0].with(reduction == Reduction.NONE ? shape.without(1) : Shape.SCALAR)};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor logs = in[0].logSoftmax(1);
        Tensor target = smoothing > 0 ? in[1].mul(1 - smoothing).add(smoothing / logs.size(1)) : in[1];
        Tensor terms = logs.mul(target);
        if (weighted) {
            terms = terms.mul(CrossEntropy.aligned(in[2], logs.rank()));
        }
        Tensor losses = terms.sum(1).neg();
        return new Tensor[] {reduction.apply(losses)};
    }
}

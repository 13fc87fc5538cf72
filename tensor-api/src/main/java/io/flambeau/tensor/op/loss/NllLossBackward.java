package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradient of {@link NllLoss} for the log-probabilities. Inputs are the cotangent, the targets and, if there are
 * any, the weights.
 *
 * @param classes the number of classes
 */
public record NllLossBackward(NllLoss loss, long classes) implements Fused {
    private Shape scores(Shape target) {
        return target.insert(1, classes);
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRealFloating(this, "the cotangent", in[0]);
        return new Spec[] {in[0].with(scores(in[1].shape()))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor zeros = in[0].newZeros(scores(in[1].shape()));
        ClassLoss targets = ClassLoss.of(zeros, in[1], loss.weighted() ? in[2] : null, loss.ignoreIndex());
        Tensor each = targets.kept(
                targets.spread(in[0], loss.reduction()).mul(targets.weight()).neg());
        return new Tensor[] {zeros.scatter(1, targets.index(), each.unsqueeze(1))};
    }
}

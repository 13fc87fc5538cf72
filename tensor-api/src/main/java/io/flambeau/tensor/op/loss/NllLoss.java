package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Pullback;

/**
 * The negative log likelihood of targets [N, ...] (I64) under log-probabilities [N, C, ...]. The third input, if there
 * is one, weighs the classes [C]; the mean divides by the sum of the weights of the targets.
 *
 * @param ignoreIndex the target that does not count
 */
public record NllLoss(boolean weighted, long ignoreIndex, Reduction reduction) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {ClassLoss.check(this, in, weighted, reduction)[0]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        ClassLoss classes = ClassLoss.of(in[0], in[1], weighted ? in[2] : null, ignoreIndex);
        return new Tensor[] {classes.reduced(classes.losses(in[0]), reduction)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        NllLossBackward backward = new NllLossBackward(this, in[0].size(1));
        Pullback.Saving saving = weighted ? Pullback.saving(in[1], in[2]) : Pullback.saving(in[1]);
        Pullback.Part scores =
                (g, s) -> weighted ? Tensor.bind(backward, g, s[0], s[1]) : Tensor.bind(backward, g, s[0]);
        return weighted ? saving.of(scores, null, Pullback.refused(this, "the weight")) : saving.of(scores);
    }
}

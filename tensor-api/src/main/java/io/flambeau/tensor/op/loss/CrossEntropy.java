package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Pullback;
import org.jspecify.annotations.Nullable;

/**
 * The cross entropy of logits [N, C, ...] with targets [N, ...] (I64): the negative log likelihood of their softmax,
 * without forming it. The third input, if there is one, weighs the classes [C]; the mean divides by the sum of the
 * weights of the targets.
 *
 * <p>The hidden output is the logarithm of the sum of the exponentials of the logits [N, ...].
 *
 * @param ignoreIndex the target that does not count
 * @param smoothing the share of each target that goes evenly to all classes, from 0 to 1
 */
public record CrossEntropy(boolean weighted, long ignoreIndex, double smoothing, Reduction reduction)
        implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new ArgumentException(
                    title(), "labelSmoothing is " + smoothing + "; it must be from 0 to 1", Fault.BAD_ARGUMENT);
        }
        return ClassLoss.check(this, in, weighted, reduction);
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor greatest = in[0].detach().amax(true, 1);
        Tensor shifted = in[0].sub(greatest);
        Tensor logSum = shifted.exp().sum(true, 1).log();
        Tensor logs = shifted.sub(logSum);
        Tensor weights = weighted ? in[2] : null;
        ClassLoss classes = ClassLoss.of(logs, in[1], weights, ignoreIndex);
        Tensor losses = classes.losses(logs);
        if (smoothing > 0) {
            Tensor all = classes.kept(beside(logs, weights).sum(1).neg());
            losses = losses.mul(1 - smoothing).add(all.mul(smoothing / logs.size(1)));
        }
        return new Tensor[] {
            classes.reduced(losses, reduction), greatest.add(logSum).squeeze(1)
        };
    }

    /** Values [N, C, ...] times the classes' weights. */
    private static Tensor beside(Tensor values, @Nullable Tensor weights) {
        return weights == null ? values : values.mul(aligned(weights, values.rank()));
    }

    /** The weights as [C, 1, ...], to stand beside values of a rank. */
    static Tensor aligned(Tensor weights, int rank) {
        Tensor aligned = weights;
        for (int i = 2; i < rank; i++) {
            aligned = aligned.unsqueeze(-1);
        }
        return aligned;
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        CrossEntropyBackward backward = new CrossEntropyBackward(this);
        Pullback.Saving saving =
                weighted ? Pullback.saving(in[0], in[1], out[1], in[2]) : Pullback.saving(in[0], in[1], out[1]);
        Pullback.Part logits = (g, s) -> {
            Tensor[] inputs = new Tensor[s.length + 1];
            inputs[0] = g;
            System.arraycopy(s, 0, inputs, 1, s.length);
            return Tensor.bind(backward, inputs);
        };
        return weighted ? saving.of(logits, null, Pullback.refused(this, "the weight")) : saving.of(logits);
    }
}

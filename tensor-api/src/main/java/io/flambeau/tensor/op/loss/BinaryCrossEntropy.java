package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Access;

/**
 * The cross entropy of probabilities with targets from 0 to 1; logarithms are at least -100. Inputs are the
 * probabilities, the targets and, where there are, weights. Values outside of 0 to 1 are refused when it runs,
 * not while it is traced.
 */
public record BinaryCrossEntropy(boolean weighted, Reduction reduction) implements PairLoss, Derived.WithGradient {
    @Override
    public Tensor each(Tensor[] in) {
        Tensor x = in[0];
        boolean known = Access.door().symbol(x) == null;
        if (known && x.lt(0).logicalOr(x.gt(1)).any().itemBoolean()) {
            throw new ArgumentException(
                    title(),
                    "all elements of the input must be from 0 to 1; apply sigmoid, or use the form with logits",
                    Fault.BAD_ARGUMENT);
        }
        Tensor loss = in[1].sub(1).mul(log(x.rsub(1))).sub(in[1].mul(log(x)));
        return weighted ? loss.mul(in[2]) : loss;
    }

    private static Tensor log(Tensor x) {
        Tensor log = x.log();
        return log.fullLike(Scalar.of(-100.0)).where(log.lt(-100), log);
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        BinaryCrossEntropyBackward backward = new BinaryCrossEntropyBackward(this);
        Pullback.Saving saving = weighted ? Pullback.saving(in[0], in[1], in[2]) : Pullback.saving(in[0], in[1]);
        Pullback.Part input =
                (g, s) -> weighted ? Tensor.bind(backward, g, s[0], s[1], s[2]) : Tensor.bind(backward, g, s[0], s[1]);
        Pullback.Part target = (g, s) -> {
            Tensor slope = log(s[0].rsub(1)).sub(log(s[0]));
            return spread(g, s[0]).mul(weighted ? slope.mul(s[2]) : slope);
        };
        return weighted ? saving.of(input, target, Pullback.refused(this, "the weight")) : saving.of(input, target);
    }

    /** The cotangent of each element's loss. */
    Tensor spread(Tensor g, Tensor x) {
        return switch (reduction) {
            case NONE -> g;
            case SUM -> g.expand(x.shape());
            case MEAN -> g.div(x.count()).expand(x.shape());
        };
    }
}

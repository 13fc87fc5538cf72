package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/**
 * The pointwise terms of the divergence of Kullback and Leibler: t (log t - x) of log-probabilities x and targets t; 0
 * where t is.
 *
 * @param logTarget whether the targets are logarithms too
 */
public record KlDiv(boolean logTarget, Reduction reduction) implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        Tensor t = in[1];
        if (logTarget) {
            return t.exp().mul(t.sub(in[0]));
        }
        Tensor zero = t.eq(0);
        Tensor entropy = t.mul(t.onesLike().where(zero, t).log());
        return entropy.sub(t.mul(in[0]));
    }
}

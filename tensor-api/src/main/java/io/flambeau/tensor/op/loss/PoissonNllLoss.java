package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/**
 * The negative log likelihood of counts t under Poisson distributions of mean x.
 *
 * @param logInput whether x is the logarithm of the mean
 * @param full whether Stirling's approximation of log(t!) is added
 * @param eps what is added to x before its logarithm is taken
 */
public record PoissonNllLoss(boolean logInput, boolean full, double eps, Reduction reduction) implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        Tensor x = in[0];
        Tensor t = in[1];
        Tensor loss = logInput ? x.exp().sub(t.mul(x)) : x.sub(t.mul(x.add(eps).log()));
        if (!full) {
            return loss;
        }
        Tensor large = t.gt(1);
        // As in PyTorch, the gradient for a count of 0 is NaN: where does not stop what comes of the other branch.
        Tensor stirling = t.mul(t.log()).sub(t).add(t.mul(2 * Math.PI).log().mul(0.5));
        return loss.add(stirling.where(large, t.zerosLike()));
    }
}

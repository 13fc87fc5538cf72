package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/**
 * The negative log likelihood under normal distributions. Inputs are the means, the targets and the variances.
 *
 * @param full whether the constant term is added
 * @param eps the least variance
 */
public record GaussianNllLoss(boolean full, double eps, Reduction reduction) implements PairLoss {
    @Override
    public Tensor each(Tensor[] in) {
        // Below eps the variance's gradient passes as if it had not been raised, as in PyTorch.
        Tensor variance = in[2].add(Hinge.positive(in[2].detach().rsub(eps)));
        Tensor loss =
                variance.log().add(in[0].sub(in[1]).square().div(variance)).mul(0.5);
        return full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss;
    }
}

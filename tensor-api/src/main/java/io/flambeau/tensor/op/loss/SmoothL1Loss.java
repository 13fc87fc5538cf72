package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** Half the square of the difference over beta, and from beta on the absolute value less half of beta. */
public record SmoothL1Loss(double beta, Reduction reduction) implements PairLoss {
    @Override
    public Spec[] infer(Spec[] in) {
        if (!(beta >= 0)) {
            throw new ArgumentException(title(), "beta is " + beta + "; it must not be negative", Fault.BAD_ARGUMENT);
        }
        return PairLoss.super.infer(in);
    }

    @Override
    public Tensor each(Tensor[] in) {
        Tensor distance = in[0].sub(in[1]).abs();
        if (beta == 0) {
            return distance;
        }
        Tensor square = distance.square().mul(0.5 / beta);
        return square.where(distance.lt(beta), distance.sub(0.5 * beta));
    }
}

package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** Half the square of the difference, and beyond delta a line of slope delta (Huber, 1964). */
public record HuberLoss(double delta, Reduction reduction) implements PairLoss {
    @Override
    public Spec[] infer(Spec[] in) {
        if (!(delta > 0)) {
            throw new ArgumentException(title(), "delta is " + delta + "; it must be positive", Fault.BAD_ARGUMENT);
        }
        return PairLoss.super.infer(in);
    }

    @Override
    public Tensor each(Tensor[] in) {
        Tensor distance = in[0].sub(in[1]).abs();
        Tensor line = distance.sub(0.5 * delta).mul(delta);
        return distance.square().mul(0.5).where(distance.le(delta), line);
    }
}

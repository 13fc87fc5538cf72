package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import java.util.Arrays;

/**
 * The gradient of {@link BinaryCrossEntropy} for the probabilities x with targets t: (x - t) / (x (1 - x)), the divisor
 * at least 1e-12. Inputs are the cotangent and the inputs of the loss.
 */
public record BinaryCrossEntropyBackward(BinaryCrossEntropy loss) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        loss.infer(Arrays.copyOfRange(in, 1, in.length));
        return new Spec[] {in[1]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor x = in[1];
        Tensor spread = x.mul(x.rsub(1));
        Tensor slope = x.sub(in[2]).div(spread.fullLike(Scalar.of(1e-12)).where(spread.lt(1e-12), spread));
        Tensor gradient = loss.spread(in[0], x).mul(slope);
        return new Tensor[] {loss.weighted() ? gradient.mul(in[3]) : gradient};
    }
}

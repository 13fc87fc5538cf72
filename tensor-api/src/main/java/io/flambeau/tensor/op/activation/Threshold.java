package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** x where it is above a threshold, else a value. Also of integers. */
public record Threshold(double threshold, double value) implements Activation {
    @Override
    public Spec[] infer(Spec[] in) {
        return Pieces.requireReal(this, in[0]);
    }

    private Tensor below(Tensor x) {
        return x.le(Pieces.number(x, threshold));
    }

    @Override
    public Tensor value(Tensor x) {
        Scalar other = Pieces.number(x, value);
        return x.fullLike(other).where(below(x), x);
    }

    @Override
    public Tensor slope(Tensor x) {
        return Pieces.mask(below(x).logicalNot(), x);
    }
}

package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/** The absolute value of the difference, also of complex numbers. */
public record L1Loss(Reduction reduction) implements PairLoss {
    @Override
    public boolean takesComplex() {
        return true;
    }

    @Override
    public Tensor each(Tensor[] in) {
        return in[0].sub(in[1]).abs();
    }
}

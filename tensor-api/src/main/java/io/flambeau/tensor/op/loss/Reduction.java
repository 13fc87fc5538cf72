package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Tensor;

/** How the losses of all elements become one. */
public enum Reduction {
    NONE,
    MEAN,
    SUM;

    /** The losses reduced; the mean divides by the number of elements. */
    public Tensor apply(Tensor losses) {
        return switch (this) {
            case NONE -> losses;
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
        };
    }
}

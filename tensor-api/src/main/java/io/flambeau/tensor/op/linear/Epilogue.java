package io.flambeau.tensor.op.linear;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Threshold;

/** What a kernel may do to its result before storing it; each one's slope follows from the result. */
public enum Epilogue {
    NONE,
    RELU,
    TANH,
    SIGMOID;

    Tensor apply(Tensor x) {
        return switch (this) {
            case NONE -> x;
            case RELU -> x.relu();
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
        };
    }

    /** The cotangent before the epilogue. */
    Tensor gradient(Tensor g, Tensor out) {
        return switch (this) {
            case NONE -> g;
            case RELU -> Tensor.bind(new ActivationBackward(new Threshold(0, 0)), g, out);
            case TANH -> g.mul(out.square().rsub(1).conj());
            case SIGMOID -> g.mul(out.mul(out.rsub(1)).conj());
        };
    }
}

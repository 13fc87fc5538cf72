package io.flambeau.tensor.op;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;

/** A new tensor with start + i * step at the i-th element in row-major order. */
public record Iota(Spec spec, Scalar start, Scalar step) implements Primitive {
    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {spec};
    }
}

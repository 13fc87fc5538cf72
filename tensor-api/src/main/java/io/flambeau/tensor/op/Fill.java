package io.flambeau.tensor.op;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;

/** A new tensor with one value everywhere. */
public record Fill(Spec spec, Scalar value) implements Primitive {
    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {spec};
    }
}

package io.flambeau.tensor.op;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** A contiguous copy. */
public enum Copy implements Primitive {
    COPY;

    @Override
    public String title() {
        return "clone";
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {in[0]};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> g);
    }
}

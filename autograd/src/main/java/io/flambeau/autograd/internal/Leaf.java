package io.flambeau.autograd.internal;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** The history of a tensor that the user made and wants the gradient of. */
final class Leaf extends Slot {
    private final Tensor tensor;

    Leaf(Tensor tensor) {
        this.tensor = tensor;
    }

    @Override
    Spec spec() {
        return tensor.spec();
    }

    @Override
    Object owner() {
        return this;
    }

    @Override
    int index() {
        return 0;
    }

    @Override
    public boolean isLeaf() {
        return true;
    }

    /** Leaves keep their gradient anyway. */
    @Override
    public void retainGrad() {}

    @Override
    public String operation() {
        return "";
    }
}

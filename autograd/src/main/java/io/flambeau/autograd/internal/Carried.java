package io.flambeau.autograd.internal;

import io.flambeau.tensor.Spec;
import org.jspecify.annotations.Nullable;

/** The history of a tensor that has tangents, or had them before a constant was written over it, and no place in a graph. */
final class Carried extends Slot {
    private final Spec spec;
    private final boolean argument;

    Carried(Spec spec, Forward.@Nullable Tangent tangent, boolean argument) {
        super(tangent);
        this.spec = spec;
        this.argument = argument;
    }

    @Override
    Spec spec() {
        return spec;
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
    boolean isFixed() {
        return argument;
    }

    @Override
    Slot with(Forward.@Nullable Tangent other) {
        return new Carried(spec, other, argument);
    }

    @Override
    public boolean isLeaf() {
        return false;
    }

    @Override
    public Runnable afterAccumulation(Runnable action) {
        throw new IllegalStateException("only leaves accumulate");
    }

    /** No gradient ever comes here. */
    @Override
    public void retainGrad() {}

    @Override
    public String operation() {
        return "jvp";
    }
}

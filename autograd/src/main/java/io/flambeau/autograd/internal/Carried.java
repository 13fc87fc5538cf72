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
    boolean isFixed() {
        return argument;
    }

    @Override
    Slot with(Forward.@Nullable Tangent other) {
        return new Carried(spec, other, argument);
    }

    /** No gradient ever comes here. */
    @Override
    public void retainGrad() {}

    @Override
    public String operation() {
        return "jvp";
    }
}

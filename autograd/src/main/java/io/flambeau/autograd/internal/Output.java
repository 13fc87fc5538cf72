package io.flambeau.autograd.internal;

import io.flambeau.tensor.Spec;
import org.jspecify.annotations.Nullable;

/** The history of a tensor that an operation made: one output of a node. */
final class Output extends Slot {
    final Node node;
    private final int index;
    private final Spec spec;
    private boolean retained;

    Output(Node node, int index, Spec spec, Forward.@Nullable Tangent tangent) {
        super(tangent);
        this.node = node;
        this.index = index;
        this.spec = spec;
    }

    @Override
    Spec spec() {
        return spec;
    }

    @Override
    Object owner() {
        return node;
    }

    @Override
    int index() {
        return index;
    }

    @Override
    public void retainGrad() {
        retained = true;
    }

    @Override
    Slot with(Forward.@Nullable Tangent other) {
        return new Output(node, index, spec, other);
    }

    @Override
    boolean isFixed() {
        return false;
    }

    boolean isRetained() {
        return retained;
    }

    @Override
    public String operation() {
        return node.title();
    }
}

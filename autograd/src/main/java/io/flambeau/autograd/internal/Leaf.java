package io.flambeau.autograd.internal;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Region;
import org.jspecify.annotations.Nullable;

/** The history of a tensor that the user made and wants the gradient of. */
final class Leaf extends Slot {
    private final Tensor tensor;
    private volatile @Nullable Hooks<Runnable> after;

    Leaf(Tensor tensor) {
        this(tensor, null);
    }

    Leaf(Tensor tensor, Forward.@Nullable Tangent tangent) {
        super(tangent);
        this.tensor = tensor;
    }

    @Override
    Slot with(Forward.@Nullable Tangent other) {
        return new Leaf(tensor, other);
    }

    @Override
    boolean isFixed() {
        return true;
    }

    @Override
    Spec spec() {
        return tensor.spec();
    }

    @Override
    public boolean isLeaf() {
        return true;
    }

    /** Leaves keep their gradient anyway. */
    @Override
    public void retainGrad() {}

    @Override
    public synchronized Runnable afterAccumulation(Runnable action) {
        if (after == null) {
            after = new Hooks<>();
        }
        return after.add(action);
    }

    void accumulated() {
        if (after != null) {
            try (Region _ = Region.none()) {
                after.all().forEach(Runnable::run);
            }
        }
    }

    @Override
    public String operation() {
        return "";
    }
}

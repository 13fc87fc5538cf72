package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.History;
import io.flambeau.tensor.spi.Region;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of a tensor: its place in the graph, where its gradient arrives, as a leaf or as one output of a
 * node; and its tangents, see Note [Tangents].
 */
abstract sealed class Slot implements History permits Leaf, Output, Carried {
    static final Access DOOR = Access.door();
    private final Forward.@Nullable Tangent tangent;
    private volatile @Nullable Tensor grad;
    private volatile @Nullable Hooks<UnaryOperator<@Nullable Tensor>> hooks;

    Slot(Forward.@Nullable Tangent tangent) {
        this.tangent = tangent;
    }

    /** The slot of a tensor, or null if it is not tracked. */
    static @Nullable Slot of(Tensor tensor) {
        return (Slot) DOOR.history(tensor);
    }

    /** The tensor's place in the graph, or null if it has none. */
    static @Nullable Slot place(Tensor tensor) {
        return place(of(tensor));
    }

    static @Nullable Slot place(@Nullable Slot slot) {
        return slot instanceof Carried ? null : slot;
    }

    /** The history of a tensor that keeps its tangents and leaves the graph. */
    static @Nullable Slot withoutPlace(Tensor tensor) {
        Slot slot = of(tensor);
        return slot == null || slot.tangent == null ? null : new Carried(slot.spec(), slot.tangent, false);
    }

    Forward.@Nullable Tangent tangent() {
        return tangent;
    }

    /** The tangent that belongs to a derivative, or null. */
    @Nullable Tensor tangent(Forward of) {
        return tangent == null ? null : tangent.find(of);
    }

    /** The same place with other tangents. */
    abstract Slot with(Forward.@Nullable Tangent other);

    /** Whether the tensor may not be overwritten. */
    abstract boolean isFixed();

    /** What the gradient must look like. */
    abstract Spec spec();

    /** The node whose output this is, or the leaf itself: what a pass goes through once. */
    Object owner() {
        return this;
    }

    /** Which output of the owner this is. */
    int index() {
        return 0;
    }

    @Override
    public boolean isLeaf() {
        return false;
    }

    @Override
    public Runnable afterAccumulation(Runnable action) {
        throw new IllegalStateException("only leaves accumulate");
    }

    @Override
    public @Nullable Tensor grad() {
        return grad;
    }

    @Override
    public void grad(@Nullable Tensor gradient) {
        if (gradient != null && !gradient.spec().equals(spec())) {
            throw new GradientException(
                    "grad",
                    "a gradient of " + gradient.spec() + " does not fit a tensor of " + spec(),
                    Fault.BAD_GRADIENT);
        }
        grad = gradient;
    }

    @Override
    public synchronized Runnable hook(UnaryOperator<@Nullable Tensor> function) {
        if (hooks == null) {
            hooks = new Hooks<>();
        }
        return hooks.add(function);
    }

    boolean hasHooks() {
        return hooks != null;
    }

    /** The gradient after all hooks, in the order of their registration; what they make belongs to no scope. */
    Tensor hooked(Tensor gradient) {
        try (Region _ = Region.none()) {
            Tensor g = gradient;
            Hooks<UnaryOperator<@Nullable Tensor>> registered = hooks;
            List<UnaryOperator<@Nullable Tensor>> all = registered == null ? List.of() : registered.all();
            for (UnaryOperator<@Nullable Tensor> hook : all) {
                Tensor replaced = hook.apply(g);
                if (replaced != null) {
                    g = Checks.fitting("hook", replaced, spec());
                }
            }
            return g;
        }
    }
}

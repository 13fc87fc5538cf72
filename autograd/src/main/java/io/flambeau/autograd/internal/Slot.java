package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.History;
import io.flambeau.tensor.spi.Region;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A tensor's place in the graph, where its gradient arrives: a leaf, or one output of a node. */
abstract sealed class Slot implements History permits Leaf, Output {
    static final Access DOOR = Access.door();
    private static final Hook[] NONE = {};

    /** A hook, with an identity of its own, so that the same function can be registered twice. */
    private record Hook(UnaryOperator<@Nullable Tensor> function, Object identity) {}

    private volatile @Nullable Tensor grad;
    private volatile Hook[] hooks = NONE;

    /** The slot of a tensor, or null if it is not tracked. */
    static @Nullable Slot of(Tensor tensor) {
        return (Slot) DOOR.history(tensor);
    }

    /** What the gradient must look like. */
    abstract Spec spec();

    /** The node whose output this is, or the leaf itself: what a pass goes through once. */
    abstract Object owner();

    /** Which output of the owner this is. */
    abstract int index();

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
        Hook hook = new Hook(function, new Object());
        hooks = Arrays.copyOf(hooks, hooks.length + 1);
        hooks[hooks.length - 1] = hook;
        return () -> remove(hook);
    }

    private synchronized void remove(Hook hook) {
        hooks = Arrays.stream(hooks).filter(h -> h.identity != hook.identity).toArray(Hook[]::new);
    }

    boolean hasHooks() {
        return hooks.length > 0;
    }

    /** The gradient after all hooks, in the order of their registration; what they make belongs to no scope. */
    Tensor hooked(Tensor gradient) {
        try (Region _ = Region.none()) {
            Tensor g = gradient;
            for (Hook hook : hooks) {
                Tensor replaced = hook.function.apply(g);
                if (replaced != null) {
                    g = Checks.fitting("hook", replaced, spec());
                }
            }
            return g;
        }
    }
}

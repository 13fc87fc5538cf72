package io.flambeau.tensor.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Storage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** In-place forms in terms of the forms without underscore. */
public final class Overwriting {
    private static final Access DOOR = Access.door();

    private Overwriting() {}

    /**
     * Writes what a form gives over its first operand.
     *
     * @param others the other operands: where a gradient may need the overwritten values, the form gets a copy of them
     */
    public static Tensor by(String operation, Tensor target, UnaryOperator<Tensor> form, @Nullable Tensor... others) {
        boolean tracked = target.requiresGrad();
        for (Tensor other : others) {
            tracked |= other != null && other.requiresGrad();
        }
        Tensor value = form.apply(tracked && Tensors.isGradEnabled() ? target.clone() : target);
        if (!value.shape().equals(target.shape())) {
            throw new ShapeException(
                    operation,
                    "the result's shape " + value.shape() + " would enlarge " + target.shape()
                            + ", which an in-place operation cannot",
                    Fault.NO_BROADCAST);
        }
        return Dispatch.write(operation, target, value);
    }

    /** Makes a tensor look at its memory as a view of it does. */
    public static Tensor look(String operation, Tensor target, UnaryOperator<Tensor> view) {
        Storage storage = DOOR.view(target, operation).storage();
        Modes modes = Modes.current();
        Dispatch.refuseInference(modes, operation, target);
        if (modes.grad()) {
            refuse(operation, target);
        }
        Tensor through = view.apply(target);
        storage.written();
        DOOR.look(target, through);
        return target;
    }

    /** Refuses what has no gradient: leaves, and one of several views of the same memory. */
    private static void refuse(String operation, Tensor target) {
        Tensor base = DOOR.base(target);
        boolean leaf = isTrackedLeaf(target);
        if (leaf || base != null && isTrackedLeaf(base)) {
            throw new GradientException(
                    operation,
                    (leaf ? "a leaf of shape " : "a view of a leaf, of shape ") + target.shape()
                            + " that requires grad would change in place; do it inside Tensors.noGrad, or use the"
                            + " operation without underscore",
                    Fault.LEAF_WRITE);
        }
        if (target.requiresGrad() && DOOR.isOneOfSeveral(target)) {
            throw new GradientException(
                    operation,
                    "one of several views made by split, chunk or unbind, of shape " + target.shape()
                            + ", would change in place; use the operation without underscore",
                    Fault.VIEW_WRITE);
        }
    }

    private static boolean isTrackedLeaf(Tensor x) {
        return x.requiresGrad() && x.isLeaf();
    }
}

package io.flambeau.tensor.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** In-place forms in terms of the forms without underscore. */
public final class Overwriting {
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
}

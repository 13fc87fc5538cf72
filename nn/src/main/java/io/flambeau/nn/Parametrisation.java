package io.flambeau.nn;

import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that is computed from others before every call of the module it belongs to.
 *
 * <p>Note [Computed parameters]: the module keeps its tensor, which is no leaf any more: before a call it gets fresh
 * memory and the computed value with its history. So what an earlier call saved for its gradient stays as it was.
 */
abstract class Parametrisation extends Module {
    private @Nullable Tensor target;

    /** The value, from the parameters of this module. */
    abstract Tensor value();

    final void target(Tensor tensor) {
        tensor.detach_();
        if (tensor.requiresGrad()) {
            tensor.requiresGrad(false);
        }
        target = tensor;
    }

    final void refresh() {
        Tensor tensor = target;
        if (tensor != null) {
            try (Scope _ = Scope.none()) {
                Tensor value = value();
                tensor.detach_();
                tensor.setData(Tensors.empty(value.spec()));
                tensor.copy_(value);
            }
        }
    }

    /** The tensor as a leaf, with the value it has now. */
    final Tensor settle() {
        Tensor tensor = target == null ? value().detach() : target;
        try (Scope _ = Scope.none()) {
            Tensor value = Tensors.noGrad(() -> value().clone());
            tensor.detach_();
            tensor.setData(value);
        }
        target = null;
        return tensor;
    }
}

package io.flambeau.autograd;

import io.flambeau.autograd.internal.Engine;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Derivatives of tensors with respect to others, without touching their {@code grad}. */
public final class Grad {
    private static final Engine ENGINE = new Engine();

    private Grad() {}

    /** The gradients of a scalar with respect to the inputs. */
    public static Tensor[] grad(Tensor output, Tensor... inputs) {
        return ENGINE.grad(new Tensor[] {output}, null, inputs, false, false, false);
    }

    /**
     * The gradients of the outputs with respect to the inputs, as {@code torch.autograd.grad}.
     *
     * @param cotangents one for each output, null for the one of a scalar; null altogether if all are scalars
     * @param retainGraph whether saved values are kept for another pass
     * @param createGraph whether the gradients can themselves be differentiated; implies {@code retainGraph}
     * @param allowUnused whether the gradient of an input that was not used is null instead of an error
     */
    public static @Nullable Tensor[] grad(
            Tensor[] outputs,
            @Nullable Tensor @Nullable [] cotangents,
            Tensor[] inputs,
            boolean retainGraph,
            boolean createGraph,
            boolean allowUnused) {
        return ENGINE.grad(outputs, cotangents, inputs, retainGraph, createGraph, allowUnused);
    }
}

package io.flambeau.tensor.spi;

import io.flambeau.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the autograd module keeps about a tensor; the tensor holds one reference to it. */
public interface History {
    /** Whether the tensor is a leaf: made by the user, not by an operation. */
    boolean isLeaf();

    /** The accumulated gradient, or null. */
    @Nullable Tensor grad();

    /** Replaces the accumulated gradient. */
    void grad(@Nullable Tensor gradient);

    /** Keeps the gradient of a tensor that is no leaf. */
    void retainGrad();

    /** Runs the hook on the gradient before it is used; the handle removes it. */
    Runnable hook(UnaryOperator<@Nullable Tensor> hook);

    /** Runs the action after a backward pass has accumulated into a leaf's gradient; the handle removes it. */
    Runnable afterAccumulation(Runnable action);

    /** The name of the operation that made the tensor, for printing; empty for a leaf. */
    String operation();
}

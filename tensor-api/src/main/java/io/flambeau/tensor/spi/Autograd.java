package io.flambeau.tensor.spi;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The engine of gradients, as {@link java.util.ServiceLoader} finds it. */
public interface Autograd {
    /** Runs the operation through {@code next} and records it; called when gradients are on and an input is tracked. */
    Tensor[] record(Op op, Tensor[] inputs, Interpreter next);

    /**
     * Runs the operation into the destinations and rewrites their history; called when gradients are on and an input or
     * a destination is tracked.
     */
    void recordInto(Op op, Tensor[] inputs, Tensor[] destinations, Interpreter next);

    /** Makes the tensor a leaf whose gradient is wanted, or frees it of that. */
    void requireGrad(Tensor tensor, boolean wanted);

    /** Regenerates the history of a view, if its base's is another since; called when the base was written. */
    void refresh(Tensor view, Tensor base, @Nullable History old);

    /**
     * Accumulates gradients into the leaves.
     *
     * @param seeds one for each root; null for the ones of a scalar
     * @param into accumulate only into these; null for all leaves
     */
    void backward(
            Tensor[] roots,
            @Nullable Tensor @Nullable [] seeds,
            boolean retainGraph,
            boolean createGraph,
            Tensor @Nullable [] into);

    /** The gradients of the roots with respect to the inputs; null where unused and allowed. */
    @Nullable Tensor[] grad(
            Tensor[] roots,
            @Nullable Tensor @Nullable [] seeds,
            Tensor[] inputs,
            boolean retainGraph,
            boolean createGraph,
            boolean allowUnused);

    /**
     * A function's outputs at the inputs, and their derivatives along the tangents.
     *
     * @param tangents one for each input, null for one that stays as it is
     * @param tracked whether both are to be differentiated again
     */
    Along jvp(UnaryOperator<Tensor[]> function, Tensor[] inputs, @Nullable Tensor[] tangents, boolean tracked);

    /** What a function gives, and its derivatives; zeros where it does not depend on the inputs. */
    record Along(Tensor[] values, Tensor[] derivatives) {}
}

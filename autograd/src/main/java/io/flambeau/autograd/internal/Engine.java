package io.flambeau.autograd.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Aliasing;
import io.flambeau.tensor.spi.Autograd;
import io.flambeau.tensor.spi.History;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reverse mode over any operation: it records what runs and names no operation.
 *
 * <p>There is no tape: each tensor refers to the node that made it, so threads draw graphs of their own, and a graph
 * goes when nothing refers to it.
 */
public final class Engine implements Autograd {
    private static final Access DOOR = Access.door();

    @Override
    public Tensor[] record(Op op, Tensor[] in, Interpreter next) {
        Pullback pullback = null;
        if (op instanceof Derived derived && !(op instanceof Derived.WithGradient)) {
            if (Forward.isOn() || !next.runsWhole(op, in)) {
                return decomposed(derived, in);
            }
            pullback = Rerun.of(derived, in);
        }
        Tensor[] out = unaliased(next.bind(op, in), in);
        if (pullback == null) {
            pullback = op.pullback(in, out);
        }
        if (pullback != null) {
            Node.attach(op, in, Node.slots(in), pullback, out);
        }
        return out;
    }

    private static Tensor[] decomposed(Derived op, Tensor[] in) {
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < specs.length; i++) {
            specs[i] = in[i].spec();
        }
        op.infer(specs);
        return op.decompose(in);
    }

    /** An operation may hand an input back as its output; the output needs a handle, and a history, of its own. */
    private static Tensor[] unaliased(Tensor[] out, Tensor[] in) {
        for (int i = 0; i < out.length; i++) {
            for (Tensor input : in) {
                if (out[i] == input) {
                    out[i] = DOOR.alias(input);
                }
            }
        }
        return out;
    }

    @Override
    public void recordInto(Op op, Tensor[] in, Tensor[] destinations, Interpreter next) {
        for (Tensor destination : destinations) {
            Writes.check(op, destination);
        }
        if (op instanceof Derived derived && !(op instanceof Derived.WithGradient)) {
            Tensor[] results = record(derived, in, next);
            for (int i = 0; i < results.length; i++) {
                destinations[i].copy_(results[i]);
            }
            return;
        }
        Writes.record(op, in, destinations, next);
    }

    @Override
    public void requireGrad(Tensor handle, boolean wanted) {
        Tensor tensor = Lane.bottom(handle);
        Slot slot = Slot.of(tensor);
        if (!wanted) {
            if (slot != null && !slot.isLeaf()) {
                throw new ArgumentException(
                        "requiresGrad",
                        "only leaves can stop requiring grad, this tensor was made by " + slot.operation()
                                + "; use detach()",
                        Fault.BAD_ARGUMENT);
            }
            DOOR.history(tensor, null);
        } else if (slot == null) {
            if (!tensor.dtype().isDifferentiable()) {
                throw new DTypeException(
                        "requiresGrad",
                        "only floating and complex tensors have gradients, this one is " + tensor.dtype(),
                        Fault.BAD_DTYPE);
            }
            if (DOOR.isInference(tensor) && !Modes.current().inference()) {
                throw new GradientException(
                        "requiresGrad",
                        "a tensor made in inference mode has no gradient outside of it; clone it first",
                        Fault.NOT_DIFFERENTIABLE);
            }
            DOOR.history(tensor, new Leaf(tensor));
        }
    }

    /**
     * Note [Views are refreshed]: a write through a base or a view changes what every other view of the base shows. The
     * others notice by the storage's version, and derive their history from the base's again, unless it is the one they
     * came from. A leaf's history is the same after any write, so that views of it keep theirs.
     */
    @Override
    public void refresh(Tensor view, Tensor base, @Nullable History old) {
        Slot now = Slot.of(base);
        if (now == null || now.isLeaf() || comesFrom(old, now) || !view.isLive()) {
            return;
        }
        Modes modes = Modes.current().undecorated().withGrad(true);
        DOOR.history(view, DOOR.history(modes.call(() -> Aliasing.look("view", base, view))));
    }

    /** Whether the history leads to the slot by way of views alone. */
    private static boolean comesFrom(@Nullable History history, Slot base) {
        History at = history;
        while (at instanceof Output output && at != base && output.node.op() instanceof ViewOp) {
            at = output.node.inputs()[0];
        }
        return at == base;
    }

    @Override
    public void backward(
            Tensor[] roots,
            @Nullable Tensor @Nullable [] seeds,
            boolean retainGraph,
            boolean createGraph,
            Tensor @Nullable [] into) {
        Pass.accumulate(
                "backward",
                bottoms(roots),
                Seeds.of("backward", roots, seeds),
                into == null ? null : bottoms(into),
                retainGraph || createGraph,
                createGraph);
    }

    @Override
    public @Nullable Tensor[] grad(
            Tensor[] roots,
            @Nullable Tensor @Nullable [] seeds,
            Tensor[] inputs,
            boolean retainGraph,
            boolean createGraph,
            boolean allowUnused) {
        @Nullable Tensor[] gradients = Pass.capture(
                "grad",
                bottoms(roots),
                Seeds.of("grad", roots, seeds),
                bottoms(inputs),
                retainGraph || createGraph,
                createGraph,
                allowUnused);
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = gradients[i] == null ? null : Lane.inLanesOf(inputs[i], gradients[i]);
        }
        return gradients;
    }

    @Override
    public Along jvp(UnaryOperator<Tensor[]> function, Tensor[] inputs, @Nullable Tensor[] tangents, boolean tracked) {
        return Forward.jvp(function, inputs, tangents, tracked);
    }

    /** What lies below the batches that are being run: that is where the graph is. */
    private static Tensor[] bottoms(Tensor[] tensors) {
        Tensor[] bottoms = new Tensor[tensors.length];
        for (int i = 0; i < bottoms.length; i++) {
            bottoms[i] = Lane.bottom(tensors[i]);
        }
        return bottoms;
    }
}

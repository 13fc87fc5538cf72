package io.flambeau.autograd;

import io.flambeau.autograd.internal.Batch;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Turns a function of one element into one of a whole batch, without a loop: each operation in it runs once, on all
 * elements.
 *
 * <pre>{@code
 * UnaryOperator<Tensor> norm = x -> x.square().sum().sqrt();          // of a vector
 * Vmap.of(norm).apply(rows);                                          // of each row of a matrix
 * Vmap.of(Grad.of(x -> loss(weight, x))).apply(batch);                // a gradient for each element
 * }</pre>
 *
 * The function may not read values ({@code item()}), nor write into tensors from outside. Random numbers are the same
 * for all elements unless they are asked to differ. Batched functions nest.
 */
public final class Vmap {
    /** In place of an axis: the argument or result is not a batch, all elements share it. */
    public static final int SHARED = Integer.MIN_VALUE;

    private static final int[] FIRST = {};

    /** What random numbers a batched function draws. */
    public enum Randomness {
        /** The same for all elements. */
        SAME,
        /** Others for each element. */
        DIFFERENT,
        /** None: drawing is an error. */
        ERROR
    }

    private Vmap() {}

    /** The function on each element along the first axis; the results stand along a first axis. */
    public static UnaryOperator<Tensor> of(UnaryOperator<Tensor> function) {
        return of(function, 0, 0);
    }

    /**
     * The function on each element along an axis.
     *
     * @param inAxis the axis of the argument along which the elements lie
     * @param outAxis the axis of the result along which they shall lie
     */
    public static UnaryOperator<Tensor> of(UnaryOperator<Tensor> function, int inAxis, int outAxis) {
        return x -> {
            Tensor out = all(in -> new Tensor[] {function.apply(in[0])}, inAxis).apply(new Tensor[] {x})[0];
            return outAxis == 0 ? out : out.movedim(0, outAxis);
        };
    }

    /**
     * A function of several arguments with several results, on each element; the results stand along a first axis.
     *
     * @param inAxes for each argument the axis along which its elements lie, or {@link #SHARED}; none at all for the
     *     first axis of every argument
     */
    public static UnaryOperator<Tensor[]> all(UnaryOperator<Tensor[]> function, int... inAxes) {
        return all(function, inAxes, FIRST, Randomness.SAME);
    }

    /**
     * As {@link #all(UnaryOperator, int...)}.
     *
     * @param outAxes for each result the axis along which its elements shall lie, or {@link #SHARED} for one that is the
     *     same for all; none at all for the first axis of every result
     */
    public static UnaryOperator<Tensor[]> all(
            UnaryOperator<Tensor[]> function, int[] inAxes, int[] outAxes, Randomness randomness) {
        return in -> {
            Tensor[] front = front(in, inAxes);
            Batch batch = new Batch(size(front), randomness);
            return batch.call(() -> {
                Tensor[] elements = new Tensor[in.length];
                for (int i = 0; i < in.length; i++) {
                    elements[i] = front[i] == null ? in[i] : batch.element(front[i]);
                }
                Tensor[] out = function.apply(elements);
                Tensor[] results = new Tensor[out.length];
                for (int i = 0; i < out.length; i++) {
                    results[i] = result(batch, out[i], axis(outAxes, i, out.length, "results"));
                }
                return results;
            });
        };
    }

    private static Tensor result(Batch batch, Tensor element, int axis) {
        if (axis != SHARED) {
            Tensor all = batch.all(element);
            return axis == 0 ? all : all.movedim(0, axis);
        }
        if (batch.differs(element)) {
            throw new ArgumentException(
                    "vmap",
                    "a result that differs between the elements needs an axis along which they lie",
                    Fault.BAD_ARGUMENT);
        }
        return element;
    }

    /** The arguments with their elements along the first axis; null for those that are shared. */
    private static Tensor[] front(Tensor[] in, int[] inAxes) {
        Tensor[] front = new Tensor[in.length];
        int first = -1;
        for (int i = 0; i < in.length; i++) {
            int axis = axis(inAxes, i, in.length, "arguments");
            if (axis == SHARED) {
                continue;
            }
            front[i] = in[i].movedim(in[i].shape().axis("vmap", axis), 0);
            if (first < 0) {
                first = i;
            } else if (front[i].size(0) != front[first].size(0)) {
                throw new ShapeException(
                        "vmap",
                        "argument " + i + " has " + front[i].size(0) + " elements along its axis, argument " + first
                                + " has " + front[first].size(0),
                        Fault.SHAPE_MISMATCH);
            }
        }
        return front;
    }

    private static long size(Tensor[] front) {
        for (Tensor argument : front) {
            if (argument != null && argument.size(0) > 0) {
                return argument.size(0);
            }
        }
        throw new ArgumentException(
                "vmap", "needs an argument with at least one element along its axis", Fault.BAD_ARGUMENT);
    }

    private static int axis(int[] axes, int place, int count, String what) {
        if (axes.length == 0) {
            return 0;
        }
        if (axes.length != count) {
            throw new ArgumentException(
                    "vmap", axes.length + " axes were given for " + count + " " + what, Fault.BAD_ARGUMENT);
        }
        return axes[place];
    }
}

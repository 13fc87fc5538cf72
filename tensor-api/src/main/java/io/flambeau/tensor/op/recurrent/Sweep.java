package io.flambeau.tensor.op.recurrent;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;

/**
 * How a cell goes over a sequence of T steps of N samples.
 *
 * <p>Note [Masked steps]: sequences of different lengths are padded to one length, and a mask [T, N] says which steps
 * are real. A state passes a step that is not real unchanged, in either direction: so the last state is the one after
 * the last real step, and the first state stays until the first real one.
 *
 * @param reverse whether it goes from the last step to the first
 * @param masked whether there is a mask
 */
public record Sweep(boolean reverse, boolean masked) {
    /** The step that comes at a place in the order of computation. */
    int step(int place, int steps) {
        return reverse ? steps - 1 - place : place;
    }

    /** The state that each step starts from: the states [T, N, *] after the steps, shifted by one. */
    Tensor before(Tensor states, Tensor first) {
        long rest = states.size(0) - 1;
        Tensor start = first.unsqueeze(0);
        return reverse
                ? Tensors.cat(0, states.narrow(0, 1, rest), start)
                : Tensors.cat(0, start, states.narrow(0, 0, rest));
    }

    /** The new state where the step is real, else the old one. */
    Tensor advanced(Tensor[] mask, int t, Tensor now, Tensor old) {
        return masked ? now.where(mask[t].unsqueeze(1), old) : now;
    }

    /** The cotangent that a step's computation gets: zero where the step is not real. */
    Tensor taken(Tensor[] mask, int t, Tensor cotangent) {
        return masked ? cotangent.where(mask[t].unsqueeze(1), cotangent.zerosLike()) : cotangent;
    }

    /** A cotangent for the state before a step, with what passes the step unchanged. */
    Tensor passed(Tensor[] mask, int t, Tensor computed, Tensor cotangent) {
        return masked ? computed.add(cotangent.zerosLike().where(mask[t].unsqueeze(1), cotangent)) : computed;
    }

    /** The mask of each step, or nothing. */
    Tensor[] steps(Tensor[] in) {
        return masked ? in[in.length - 1].unbind(0) : new Tensor[0];
    }

    /**
     * Checks the sequence of preactivations [T, N, gates H], a state [N, *] and the mask, if there is one, which is the
     * last input.
     *
     * @return H
     */
    long check(Op op, Spec[] in, int sequence, int state, int gates) {
        Spec x = in[sequence];
        Laws.requireRealFloating(op, "input", x);
        Laws.requireRank(op, "input", x, 3);
        Shape shape = x.shape();
        if (shape.size(0) < 1 || shape.size(2) % gates != 0) {
            throw new ShapeException(
                    op.title(),
                    "the input must be [steps, batch, " + gates
                            + " times the width] of at least one step, its shape is " + shape,
                    Fault.SHAPE_MISMATCH);
        }
        Laws.requireRank(op, "state", in[state], 2);
        Laws.requireShape(
                op,
                "state",
                in[state],
                Shape.of(shape.size(1), in[state].shape().size(1)));
        for (int i = 0; i < in.length - (masked ? 1 : 0); i++) {
            Laws.requireLike(op, "every state and weight", in[i], x);
        }
        if (masked) {
            Spec mask = in[in.length - 1];
            Laws.requireDtype(op, "mask", mask, DType.BOOL);
            Laws.requireShape(op, "mask", mask, Shape.of(shape.size(0), shape.size(1)));
        }
        return shape.size(2) / gates;
    }

    /** Rows of all steps together. */
    static Tensor rows(Tensor sequence) {
        return sequence.reshape(sequence.size(0) * sequence.size(1), sequence.size(2));
    }

    /** The gradient of a matrix by which each row of {@code in} gave a row of {@code out}. */
    static Tensor weight(Tensor out, Tensor in) {
        return rows(out).mT().matmul(rows(in));
    }

    /** The cotangent before a logistic function with this result. */
    static Tensor logistic(Tensor cotangent, Tensor result) {
        return cotangent.mul(result).mul(result.rsub(1));
    }

    /** The cotangent before a hyperbolic tangent with this result. */
    static Tensor tanh(Tensor cotangent, Tensor result) {
        return cotangent.mul(result.square().rsub(1));
    }
}

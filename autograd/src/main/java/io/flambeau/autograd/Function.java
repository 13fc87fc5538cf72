package io.flambeau.autograd;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A user's own operation: a forward function, what it saves, and a backward function.
 *
 * <pre>{@code
 * Function exceptAtThree = Function.of("exceptAtThree", Tensor::clone, (g, x) -> g.mul(x.ne(3)));
 * Tensor y = exceptAtThree.apply(x);
 * }</pre>
 *
 * With several inputs or outputs:
 *
 * <pre>{@code
 * Function divmod = Function.of("divmod", in -> new Tensor[] {in[0].div(in[1]), in[0].remainder(in[1])})
 *         .saving((in, out) -> new Tensor[] {in[1], out[0]})
 *         .constant(1)
 *         .backward((g, saved, needs) -> new Tensor[] {
 *             g[0].div(saved[0]), g[0].mul(saved[1]).div(saved[0]).neg()
 *         });
 * }</pre>
 *
 * The forward runs unrecorded, both run in a scope of their own. Neither should capture tensors: what backward needs is
 * named in {@code saving}, so that the graph can watch and free it. A backward written in tensor operations can itself
 * be differentiated.
 *
 * @param title the name that graphs and errors show
 * @param forward the outputs from the inputs
 * @param saved the inputs and outputs to keep for backward
 * @param rule one gradient for each input, null where there is none
 * @param constants outputs without gradient, bit i for output i
 */
public record Function(String title, UnaryOperator<Tensor[]> forward, Saving saved, Pullback.Joint rule, long constants)
        implements Derived.WithGradient {
    /** Chooses what is kept for backward among the inputs and outputs. */
    @FunctionalInterface
    public interface Saving {
        Tensor[] of(Tensor[] in, Tensor[] out);
    }

    private static final Saving NOTHING = (in, out) -> new Tensor[0];

    /** A function of one tensor; backward is given the cotangent and the input. */
    public static Function of(String title, UnaryOperator<Tensor> forward, BinaryOperator<Tensor> backward) {
        return of(title, in -> new Tensor[] {forward.apply(in[0])})
                .saving((in, out) -> in)
                .backward((g, saved, needs) -> new Tensor[] {backward.apply(g[0], saved[0])});
    }

    /** A function of several tensors, without gradients until {@link #backward} gives it some. */
    public static Function of(String title, UnaryOperator<Tensor[]> forward) {
        return new Function(title, forward, NOTHING, (g, saved, needs) -> new Tensor[needs.length], 0);
    }

    /** With values to keep for backward. */
    public Function saving(Saving other) {
        return new Function(title, forward, other, rule, constants);
    }

    /** With outputs that have no gradient, such as indices or counts. */
    public Function constant(int... outputs) {
        long bits = 0;
        for (int output : outputs) {
            bits |= 1L << output;
        }
        return new Function(title, forward, saved, rule, bits);
    }

    /** With a gradient: the cotangents, the saved values, and which inputs need one. */
    public Function backward(Pullback.Joint other) {
        return new Function(title, forward, saved, other, constants);
    }

    /** The first output. */
    public Tensor apply(Tensor... in) {
        return Tensor.bind(this, in);
    }

    /** All outputs. */
    public Tensor[] applyAll(Tensor... in) {
        return Tensor.bindAll(this, in);
    }

    /** Nothing: the outputs are known only when the forward function has run. */
    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[0];
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        return forward.apply(in);
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(saved.of(in, out)).joint(rule).constant(constants);
    }

    @Override
    public boolean mayHaveKernel() {
        return false;
    }
}

package io.flambeau.tck.sample;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Op;
import java.util.function.UnaryOperator;

/**
 * An operation that takes its first input to have a structure, after a formula that gives it one: differences of single
 * elements keep it then.
 *
 * @param preparation a function that keeps shape and dtype
 * @param moduli whether the second output, which is unique up to phases alone, is taken by its absolute values
 */
public record Prepared(Op op, UnaryOperator<Tensor> preparation, boolean moduli) implements Derived {
    @Override
    public String title() {
        return op.title();
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Spec[] out = op.infer(in);
        return moduli ? new Spec[] {out[0], out[1].with(out[1].dtype().toReal())} : out;
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor[] prepared = in.clone();
        prepared[0] = preparation.apply(in[0]);
        Tensor[] out = Tensor.bindAll(op, prepared);
        return moduli ? new Tensor[] {out[0], out[1].abs()} : out;
    }

    @Override
    public boolean mayHaveKernel() {
        return false;
    }
}

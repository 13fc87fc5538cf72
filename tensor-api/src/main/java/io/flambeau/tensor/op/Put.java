package io.flambeau.tensor.op;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/**
 * A copy of the base in which what a view shows is replaced by a value: what writing into a view means for its base.
 * Inputs are the base, contiguous, and the value, of the view's spec.
 */
public record Put(ViewOp view) implements Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireSame(this, view.infer(new Spec[] {in[0]})[0], in[1]);
        return new Spec[] {in[0]};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor copy = in[0].clone();
        Tensor.bind(view, copy).copy_(in[1]);
        return new Tensor[] {copy};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of(
                (g, s) -> {
                    Tensor whole = Adjoint.rooted(g);
                    return Tensor.bind(this, whole, Tensor.bind(view, whole).zerosLike());
                },
                (g, s) -> Tensor.bind(view, Adjoint.rooted(g)));
    }
}

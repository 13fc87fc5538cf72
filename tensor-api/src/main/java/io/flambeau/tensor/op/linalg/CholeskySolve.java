package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;

/**
 * The X with A X = B, A given by its Cholesky factor; inputs are the factor and B.
 *
 * @param upper whether the factor is upper triangular
 */
public record CholeskySolve(boolean upper) implements Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Checks.square(this, "L", in[0]);
        Checks.sameRows(this, in[0], in[1]);
        return new Spec[] {in[1]};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor l = upper ? in[0].mH() : in[0];
        Tensor half = TriangularSolve.left(l, in[1], false, false);
        return new Tensor[] {TriangularSolve.left(l.mH(), half, true, false)};
    }

    /** With S = gB adjoint(X): the gradient of L is -(S + adjoint(S)) L, of all its elements, as in PyTorch. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], out[0]).joint((g, s, needs) -> {
            Tensor gb = Tensor.bind(this, s[0], g[0]);
            Tensor gl = null;
            if (needs[0]) {
                Tensor product = gb.matmul(s[1].mH());
                Tensor sum = product.add(product.mH()).neg();
                gl = upper ? s[0].matmul(sum) : sum.matmul(s[0]);
            }
            return new Tensor[] {gl, gb};
        });
    }
}

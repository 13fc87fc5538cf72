package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * The lower L with A = L adjoint(L), or its adjoint, of symmetric or Hermitian positive definite matrices, and the
 * order
 * of the first leading minor that is not positive, or 0.
 *
 * @param upper whether the upper triangle of A is read and the upper factor given
 * @param check whether a matrix that is not positive definite is an error
 */
public record Cholesky(boolean upper, boolean check) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.square(this, "A", in[0]);
        return new Spec[] {in[0], in[0].with(DType.I32).with(batch)};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        int n = a.rows;
        Scalars s = a.scalars;
        Stack l = Stack.zeros(in[0].dtype(), a.batch, n, n);
        HostArray infos = HostArray.zeros(DType.I32, a.batch);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = upper ? s.transpose(n, n, a.get(b), true) : a.get(b);
            int info = io.flambeau.tensor.internal.linalg.Cholesky.factor(s, n, matrix);
            if (info != 0 && check) {
                throw Checks.failed(
                        this,
                        b,
                        a.count,
                        "is not positive definite: its leading minor of order " + info + " is not positive");
            }
            l.put(b, upper ? s.transpose(n, n, matrix, true) : matrix);
            infos.integers()[b] = info;
        }
        return new HostArray[] {l.array(), infos};
    }

    /**
     * With S(X) = (tril(X) + adjoint(tril(X, -1))) / 2: L^-H S(L^H gL) L^-1 (Murray, 2016). As in PyTorch, what the
     * diagonal has of an imaginary part stays.
     */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(out[0]).joint((g, s, needs) -> {
            Tensor l = upper ? s[0].mH() : s[0];
            Tensor gl = upper ? g[0].mH() : g[0];
            Tensor phi = Parts.tril(l.mH().matmul(gl), 0);
            Tensor halves = phi.add(Parts.tril(phi, -1).mH()).mul(0.5);
            Tensor left = TriangularSolve.left(l.mH(), halves, true, false);
            return new Tensor[] {TriangularSolve.right(l, left, false, false)};
        });
    }
}

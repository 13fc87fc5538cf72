package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Lu;
import io.flambeau.tensor.internal.linalg.Triangular;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The X with A X = B, or adjoint(A) X = B, A given by its LU factors and pivots.
 *
 * @param adjoint whether the adjoint of A is used
 */
public record LuSolve(boolean adjoint) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Checks.square(this, "LU", in[0]);
        Laws.requireDtype(this, "pivots", in[1], DType.I32);
        Checks.sameRows(this, in[0], in[2]);
        return new Spec[] {in[2]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack lu = Stack.of(in[0]);
        Stack pivots = Stack.vectors(in[1]);
        Stack b = Stack.of(in[2]);
        Stack x = Stack.zeros(in[2].dtype(), b.batch, b.rows, b.columns);
        Triangular.Op op = adjoint ? Triangular.Op.ADJOINT : Triangular.Op.NONE;
        for (int i = 0; i < b.count; i++) {
            double[] values = b.get(i);
            Lu.solve(lu.scalars, b.rows, b.columns, lu.get(i), pivots.integers(i), op, values);
            x.put(i, values);
        }
        return new HostArray[] {x.array()};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], in[1], out[0]).joint((g, s, needs) -> {
            Tensor gb = Tensor.bind(new LuSolve(!adjoint), s[0], s[1], g[0]);
            return new Tensor[] {needs[0] ? factors(s[0], s[1], s[2], gb) : null, null, gb};
        });
    }

    /** The gradient of A, -gB adjoint(X) or its adjoint, carried to L and U of A = P L U. */
    private Tensor factors(Tensor lu, Tensor pivots, Tensor x, Tensor gb) {
        Tensor ga = adjoint ? x.matmul(gb.mH()).neg() : gb.matmul(x.mH()).neg();
        long n = lu.size(-1);
        Tensor rows = Permutation.matrix(lu, pivots, n).mT().matmul(ga);
        Tensor l = Parts.tril(lu, -1).add(Parts.identity(lu, n));
        Tensor u = Parts.triu(lu, 0);
        return Parts.tril(rows.matmul(u.mH()), -1).add(Parts.triu(l.mH().matmul(rows), 0));
    }
}

package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Ldl;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The X with A X = B, A given by {@link LdlFactor}.
 *
 * @param hermitian as it was in the factorisation
 */
public record LdlSolve(boolean hermitian) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Checks.square(this, "LD", in[0]);
        Laws.requireDtype(this, "pivots", in[1], DType.I32);
        Checks.sameRows(this, in[0], in[2]);
        return new Spec[] {in[2]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack ld = Stack.of(in[0]);
        Stack pivots = Stack.vectors(in[1]);
        Stack b = Stack.of(in[2]);
        Stack x = Stack.zeros(in[2].dtype(), b.batch, b.rows, b.columns);
        for (int i = 0; i < b.count; i++) {
            double[] values = b.get(i);
            Ldl.solve(ld.scalars, b.rows, b.columns, ld.get(i), pivots.integers(i), hermitian, values);
            x.put(i, values);
        }
        return new HostArray[] {x.array()};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.refused(this, in.length);
    }
}

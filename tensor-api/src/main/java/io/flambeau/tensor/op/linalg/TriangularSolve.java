package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Triangular;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * The X with A X = B, A square and triangular; its other triangle is not read.
 *
 * @param upper which triangle of A is used
 * @param unit whether its diagonal is taken to be 1
 */
public record TriangularSolve(boolean upper, boolean unit) implements HostOp {
    /** The X with A X = B. */
    public static Tensor left(Tensor a, Tensor b, boolean upper, boolean unit) {
        Tensor[] same = Batches.broadcast("solveTriangular", a, b);
        return Tensor.bind(new TriangularSolve(upper, unit), same);
    }

    /** The X with X A = B. */
    public static Tensor right(Tensor a, Tensor b, boolean upper, boolean unit) {
        return left(a.mT(), b.mT(), !upper, unit).mT();
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Checks.square(this, "A", in[0]);
        Checks.sameRows(this, in[0], in[1]);
        return new Spec[] {in[1]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        Stack b = Stack.of(in[1]);
        Shape batch = b.batch;
        Stack x = Stack.zeros(in[1].dtype(), batch, b.rows, b.columns);
        for (int i = 0; i < b.count; i++) {
            double[] values = b.get(i);
            Triangular.solve(a.scalars, b.rows, b.columns, a.get(i), upper, Triangular.Op.NONE, unit, values);
            x.put(i, values);
        }
        return new HostArray[] {x.array()};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], out[0]).joint((g, s, needs) -> {
            Tensor gb = left(s[0].mH(), g[0], !upper, unit);
            Tensor ga = null;
            if (needs[0]) {
                Tensor full = gb.matmul(s[1].mH()).neg();
                int off = unit ? 1 : 0;
                ga = upper ? Parts.triu(full, off) : Parts.tril(full, -off);
            }
            return new Tensor[] {ga, gb};
        });
    }
}

package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Lu;
import io.flambeau.tensor.internal.linalg.Triangular;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * The X with A X = B for square A, by LU with partial pivoting, and the position of the first zero pivot or 0.
 *
 * @param title what the caller calls it: solve or inv
 * @param check whether a singular A is an error
 */
public record Solve(String title, boolean check) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Checks.square(this, "A", in[0]);
        Checks.sameRows(this, in[0], in[1]);
        return new Spec[] {
            in[1],
            in[0].with(DType.I32).with(in[0].shape().range(0, in[0].shape().rank() - 2))
        };
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        Stack b = Stack.of(in[1]);
        Stack x = Stack.zeros(in[1].dtype(), b.batch, b.rows, b.columns);
        HostArray infos = HostArray.zeros(DType.I32, b.batch);
        for (int i = 0; i < a.count; i++) {
            double[] lu = a.get(i);
            int[] pivots = new int[a.rows];
            int info = Lu.factor(a.scalars, a.rows, a.rows, lu, pivots, true);
            if (info != 0 && check) {
                throw Checks.failed(
                        this,
                        i,
                        a.count,
                        "is singular: pivot " + info + " of its LU factorisation is zero; use pinv or lstsq");
            }
            double[] values = b.get(i);
            Lu.solve(a.scalars, a.rows, b.columns, lu, pivots, Triangular.Op.NONE, values);
            x.put(i, values);
            infos.integers()[i] = info;
        }
        return new HostArray[] {x.array(), infos};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], out[0]).joint((g, s, needs) -> {
            Tensor gb = Tensor.bindAll(new Solve(title, check), s[0].mH(), g[0])[0];
            return new Tensor[] {needs[0] ? gb.matmul(s[1].mH()).neg() : null, gb};
        });
    }
}

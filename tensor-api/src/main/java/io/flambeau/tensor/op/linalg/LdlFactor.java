package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Ldl;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * A = L D transpose(L) (or adjoint(L)) of symmetric (or Hermitian) matrices, in LAPACK's compact form with pivots, and
 * the position of the first zero block or 0. Without gradient.
 *
 * @param hermitian whether complex A is Hermitian instead of symmetric
 * @param check whether a zero block is an error
 */
public record LdlFactor(boolean hermitian, boolean check) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.square(this, "A", in[0]);
        Spec integers = in[0].with(DType.I32);
        return new Spec[] {
            in[0], integers.with(batch.concat(Shape.of(in[0].shape().size(-1)))), integers.with(batch)
        };
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        int n = a.rows;
        Scalars s = a.scalars;
        Stack ld = Stack.zeros(in[0].dtype(), a.batch, n, n);
        Stack pivots = Stack.vectors(DType.I32, a.batch, n);
        HostArray infos = HostArray.zeros(DType.I32, a.batch);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = a.get(b);
            int[] exchanges = new int[n];
            int info = Ldl.factor(s, n, matrix, exchanges, hermitian);
            if (info != 0 && check) {
                throw Checks.failed(this, b, a.count, "has a zero diagonal block at position " + info);
            }
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    s.set(matrix, i * n + j, 0, 0);
                }
            }
            ld.put(b, matrix);
            pivots.put(b, exchanges);
            infos.integers()[b] = info;
        }
        return new HostArray[] {ld.array(), pivots.array(), infos};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.refused(this, in.length);
    }
}

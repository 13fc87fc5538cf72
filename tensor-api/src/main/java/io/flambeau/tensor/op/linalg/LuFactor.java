package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Lu;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * P A = L U of matrices of any shape: both factors in one matrix, the pivots counted from 1, and the position of the
 * first zero pivot or 0.
 *
 * @param pivot whether rows are exchanged
 * @param check whether a zero pivot is an error
 */
public record LuFactor(boolean pivot, boolean check) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.matrix(this, "A", in[0]);
        long k = Math.min(in[0].shape().size(-1), in[0].shape().size(-2));
        Spec integers = in[0].with(DType.I32);
        return new Spec[] {in[0], integers.with(batch.concat(Shape.of(k))), integers.with(batch)};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        int k = Math.min(a.rows, a.columns);
        Stack lu = Stack.zeros(in[0].dtype(), a.batch, a.rows, a.columns);
        Stack pivots = Stack.vectors(DType.I32, a.batch, k);
        HostArray infos = HostArray.zeros(DType.I32, a.batch);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = a.get(b);
            int[] exchanges = new int[k];
            int info = Lu.factor(a.scalars, a.rows, a.columns, matrix, exchanges, pivot);
            if (info != 0 && check) {
                throw Checks.failed(this, b, a.count, "has a zero pivot at position " + info + ": it is singular");
            }
            lu.put(b, matrix);
            pivots.put(b, exchanges);
            infos.integers()[b] = info;
        }
        return new HostArray[] {lu.array(), pivots.array(), infos};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(out[0], out[1]).joint((g, s, needs) -> new Tensor[] {gradient(g[0], s[0], s[1])});
    }

    /** The square case by Giles, section 2; the rows below or the columns beyond depend on it by a triangular solve. */
    private static Tensor gradient(Tensor g, Tensor lu, Tensor pivots) {
        long m = lu.size(-2);
        long n = lu.size(-1);
        long k = Math.min(m, n);
        Tensor square = lu.narrow(-2, 0, k).narrow(-1, 0, k);
        Tensor l = Parts.tril(square, -1).add(Parts.identity(lu, k));
        Tensor u = Parts.triu(square, 0);
        Tensor corner = g.narrow(-2, 0, k).narrow(-1, 0, k);
        Tensor gl = Parts.tril(corner, -1);
        Tensor gu = Parts.triu(corner, 0);
        Tensor beyond = null;
        if (m > k) {
            Tensor below = TriangularSolve.right(u.mH(), g.narrow(-2, k, m - k), false, false);
            gu = gu.sub(Parts.triu(lu.narrow(-2, k, m - k).mH().matmul(below), 0));
            beyond = below;
        } else if (n > k) {
            Tensor right = TriangularSolve.left(l.mH(), g.narrow(-1, k, n - k), true, true);
            gl = gl.sub(Parts.tril(right.matmul(lu.narrow(-1, k, n - k).mH()), -1));
            beyond = right;
        }
        Tensor inner = Parts.tril(l.mH().matmul(gl), -1).add(Parts.triu(gu.matmul(u.mH()), 0));
        Tensor ga = TriangularSolve.right(u.mH(), TriangularSolve.left(l.mH(), inner, true, true), false, false);
        if (beyond != null) {
            ga = ga.cat(m > k ? -2 : -1, beyond);
        }
        return Permutation.matrix(ga, pivots, m).matmul(ga);
    }
}

package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;
import java.util.Arrays;

/**
 * A = Q R with orthonormal columns of Q and upper triangular R.
 *
 * @param complete whether Q is square (m x m), else it is m x min(m, n)
 */
public record Qr(boolean complete) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.matrix(this, "A", in[0]);
        long m = in[0].shape().size(-2);
        long n = in[0].shape().size(-1);
        long k = complete ? m : Math.min(m, n);
        return new Spec[] {in[0].with(batch.concat(Shape.of(m, k))), in[0].with(batch.concat(Shape.of(k, n)))};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        Scalars s = a.scalars;
        int m = a.rows;
        int n = a.columns;
        int k = Math.min(m, n);
        int columns = complete ? m : k;
        Stack q = Stack.zeros(in[0].dtype(), a.batch, m, columns);
        Stack r = Stack.zeros(in[0].dtype(), a.batch, columns, n);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = a.get(b);
            double[] tau = s.allocate(k);
            io.flambeau.tensor.internal.linalg.Qr.factor(s, m, n, matrix, tau);
            q.put(b, io.flambeau.tensor.internal.linalg.Qr.q(s, m, n, k, matrix, tau, columns));
            double[] triangle = io.flambeau.tensor.internal.linalg.Qr.r(s, n, matrix, k);
            r.put(b, Arrays.copyOf(triangle, columns * n * s.width()));
        }
        return new HostArray[] {q.array(), r.array()};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], out[0], out[1])
                .joint((g, s, needs) -> new Tensor[] {gradient(s[0], s[1], s[2], g[0], g[1])});
    }

    private Tensor gradient(Tensor a, Tensor q, Tensor r, Tensor gq, Tensor gr) {
        long m = a.size(-2);
        long n = a.size(-1);
        if (complete && m > n) {
            throw new GradientException(
                    title(),
                    "the columns of Q beyond the rank of A " + a.shape()
                            + " are not unique, so the complete form has no gradient; use the reduced one",
                    Fault.NOT_DIFFERENTIABLE);
        }
        if (m >= n) {
            return tall(q, r, gq, gr);
        }
        // The columns beyond the first m are Q R2: R2 = adjoint(Q) A2 gives them and Q a gradient.
        Tensor beyond = gr.narrow(-1, m, n - m);
        Tensor whole = gq.add(a.narrow(-1, m, n - m).matmul(beyond.mH()));
        Tensor first = tall(q, r.narrow(-1, 0, m), whole, gr.narrow(-1, 0, m));
        return first.cat(-1, q.matmul(beyond));
    }

    /** (gQ + Q copyltu(M)) R^-H with M = R gR^H - gQ^H Q (Walter and Lehmann, 2010). */
    private static Tensor tall(Tensor q, Tensor r, Tensor gq, Tensor gr) {
        Tensor m = Parts.triu(gr.matmul(r.mH()).sub(q.mH().matmul(gq)), 0);
        Tensor sum = m.add(m.mH());
        sum = Parts.withDiagonal(sum, Parts.diagonal(sum).mul(0.5));
        return TriangularSolve.right(r.mH(), gq.add(q.matmul(sum)), false, false);
    }
}

package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.internal.linalg.SymmetricEigen;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.RowSteps;
import java.util.Arrays;

/**
 * A = V diag(values) adjoint(V) of symmetric or Hermitian matrices: the real values ascending, and V.
 *
 * @param upper which triangle of A is read
 */
public record Eigh(boolean upper) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.square(this, "A", in[0]);
        Spec values = in[0].with(in[0].dtype().toReal());
        return new Spec[] {values.with(batch.concat(Shape.of(in[0].shape().size(-1)))), in[0]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        int n = a.rows;
        Stack values = Stack.vectors(in[0].dtype().toReal(), a.batch, n);
        Stack vectors = Stack.zeros(in[0].dtype(), a.batch, n, n);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = a.get(b);
            double[] found = new double[n];
            if (Scalars.hasNonFinite(matrix)) {
                Arrays.fill(matrix, Double.NaN);
                Arrays.fill(found, Double.NaN);
            } else if (SymmetricEigen.decompose(a.scalars, n, matrix, upper, found, true) != 0) {
                throw Checks.failed(this, b, a.count, "did not let the QL iteration converge");
            }
            values.put(b, found);
            vectors.put(b, matrix);
        }
        return new HostArray[] {values.array(), vectors.array()};
    }

    /**
     * For kernels: the eigenvalues, ascending, of a tridiagonal matrix. The steps act on the rows of the transposed
     * vectors.
     *
     * @param n the order
     * @param values the diagonal, which becomes the values
     * @param off what stands right of and below the diagonal; destroyed
     * @param rows where the steps go
     * @return 0, or the number of values that did not converge
     */
    public static int iterate(int n, double[] values, double[] off, RowSteps rows) {
        return SymmetricEigen.iterate(n, values, off, rows);
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(out[0], out[1]).joint((g, s, needs) -> {
            Tensor v = s[1];
            Tensor inner = Parts.ratio(Parts.skew(v.mH().matmul(g[1])).mul(0.5), Parts.gaps(s[0]));
            inner = Parts.withDiagonal(inner, g[0].to(v.dtype()));
            return new Tensor[] {v.matmul(inner).matmul(v.mH())};
        });
    }
}

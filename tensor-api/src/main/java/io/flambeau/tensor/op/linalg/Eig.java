package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Eigen;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/** A V = V diag(values) of general square matrices: complex values, and eigenvectors of length 1 as columns of V. */
public enum Eig implements HostOp {
    EIG;

    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.square(this, "A", in[0]);
        Spec vectors = in[0].with(in[0].dtype().toComplex());
        return new Spec[] {vectors.with(batch.concat(Shape.of(in[0].shape().size(-1)))), vectors};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        int n = a.rows;
        Stack values = Stack.vectors(in[0].dtype().toComplex(), a.batch, n);
        Stack vectors = Stack.zeros(in[0].dtype().toComplex(), a.batch, n, n);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = a.get(b);
            if (Scalars.hasNonFinite(matrix)) {
                throw Checks.failed(this, b, a.count, "has an element that is infinite or NaN");
            }
            double[] found = new double[2 * n];
            double[] columns = new double[2 * n * n];
            if (Eigen.decompose(a.scalars, n, matrix, found, columns) != 0) {
                throw Checks.failed(this, b, a.count, "did not let the QR iteration converge");
            }
            values.put(b, found);
            vectors.put(b, columns);
        }
        return new HostArray[] {values.array(), vectors.array()};
    }

    /** Boeddeker et al., On the Computation of Complex-valued Gradients (2017), for vectors of length 1. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        boolean real = !in[0].dtype().isComplex();
        return Pullback.saving(out[0], out[1]).joint((g, s, needs) -> {
            Tensor v = s[1];
            Tensor vgv = v.mH().matmul(g[1]);
            Tensor lengths = Parts.diagonal(vgv).real().to(v.dtype()).unsqueeze(-2);
            Tensor inner = Parts.ratio(
                    vgv.sub(v.mH().matmul(v).mul(lengths)), Parts.gaps(s[0]).conj());
            inner = Parts.withDiagonal(inner, g[0]);
            Tensor ga = Tensor.bindAll(new Solve("eig", true), v.mH(), inner.matmul(v.mH()))[0];
            return new Tensor[] {real ? ga.real() : ga};
        });
    }
}

package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Eigen;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.internal.linalg.SymmetricEigen;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;
import java.util.Arrays;

/** Singular values or eigenvalues alone; the vectors are only computed where a gradient is asked for. */
public enum Spectrum implements HostOp {
    SVDVALS,
    /** Of Hermitian matrices by their lower triangle. */
    EIGVALSH,
    EIGVALSH_UPPER,
    EIGVALS;

    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = this == SVDVALS ? Checks.matrix(this, "A", in[0]) : Checks.square(this, "A", in[0]);
        Shape shape = in[0].shape();
        long k = Math.min(shape.size(-1), shape.size(-2));
        return new Spec[] {in[0].with(result(in[0].dtype())).with(batch.concat(Shape.of(k)))};
    }

    private DType result(DType dtype) {
        return this == EIGVALS ? dtype.toComplex() : dtype.toReal();
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        Stack values = Stack.vectors(result(in[0].dtype()), a.batch, Math.min(a.rows, a.columns));
        for (int b = 0; b < a.count; b++) {
            values.put(b, values(a, b));
        }
        return new HostArray[] {values.array()};
    }

    private double[] values(Stack a, int b) {
        double[] matrix = a.get(b);
        int n = a.columns;
        double[] found = new double[this == EIGVALS ? 2 * n : n];
        if (Scalars.hasNonFinite(matrix)) {
            if (this == EIGVALSH || this == EIGVALSH_UPPER) {
                Arrays.fill(found, Double.NaN);
                return found;
            }
            throw Checks.failed(this, b, a.count, "has an element that is infinite or NaN");
        }
        int info;
        switch (this) {
            case SVDVALS -> {
                var r = io.flambeau.tensor.internal.linalg.Svd.decompose(a.scalars, a.rows, n, matrix, false, false);
                info = r.info();
                found = r.values();
            }
            case EIGVALS -> info = Eigen.decompose(a.scalars, n, matrix, found, new double[0]);
            default -> info = SymmetricEigen.decompose(a.scalars, n, matrix, this == EIGVALSH_UPPER, found, false);
        }
        if (info != 0) {
            throw Checks.failed(this, b, a.count, "did not let the QR iteration converge");
        }
        return found;
    }

    /** The cotangents on the diagonal between the vectors. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> {
            Tensor a = s[0];
            return switch (this) {
                case SVDVALS -> {
                    Tensor[] f = Tensor.bindAll(new Svd(false), a);
                    yield f[0].mul(g.to(a.dtype()).unsqueeze(-2)).matmul(f[2]);
                }
                case EIGVALSH, EIGVALSH_UPPER -> {
                    Tensor v = Tensor.bindAll(new Eigh(this == EIGVALSH_UPPER), a)[1];
                    yield v.mul(g.to(a.dtype()).unsqueeze(-2)).matmul(v.mH());
                }
                case EIGVALS -> {
                    Tensor v = Tensor.bindAll(Eig.EIG, a)[1];
                    Tensor right = g.unsqueeze(-1).mul(v.mH());
                    Tensor ga = Tensor.bindAll(new Solve("eigvals", true), v.mH(), right)[0];
                    yield a.dtype().isComplex() ? ga : ga.real();
                }
            };
        });
    }
}

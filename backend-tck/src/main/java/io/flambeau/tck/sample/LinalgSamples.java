package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.Role.PIVOT;
import static io.flambeau.tck.Input.Role.REAL;
import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.definite;
import static io.flambeau.tck.Input.of;
import static io.flambeau.tck.Input.regular;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.linalg.Cholesky;
import io.flambeau.tensor.op.linalg.CholeskySolve;
import io.flambeau.tensor.op.linalg.Determinant;
import io.flambeau.tensor.op.linalg.Eig;
import io.flambeau.tensor.op.linalg.Eigh;
import io.flambeau.tensor.op.linalg.Geqrf;
import io.flambeau.tensor.op.linalg.HouseholderApply;
import io.flambeau.tensor.op.linalg.LdlFactor;
import io.flambeau.tensor.op.linalg.LdlSolve;
import io.flambeau.tensor.op.linalg.LuFactor;
import io.flambeau.tensor.op.linalg.LuSolve;
import io.flambeau.tensor.op.linalg.MatrixExp;
import io.flambeau.tensor.op.linalg.Permutation;
import io.flambeau.tensor.op.linalg.Pinv;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
import io.flambeau.tensor.op.linalg.Spectrum;
import io.flambeau.tensor.op.linalg.Svd;
import io.flambeau.tensor.op.linalg.TriangularSolve;
import java.util.List;

/**
 * Linear algebra. Where a matrix is taken to be symmetric, only one triangle is read, and the gradient of one element
 * is not its slope; there gradients are checked on samples that are {@link Prepared}.
 */
public final class LinalgSamples {
    private LinalgSamples() {}

    public static void addTo(List<Sample> all) {
        Input a = regular(2, 3, 3);
        Input b = any(2, 3, 2);
        Input pivots = of(new double[] {2, 3, 3, 1, 3, 3}, 2, 3).as(PIVOT);
        all.add(Sample.of(new Cholesky(false, true), definite(2, 3, 3)).withoutGradient());
        all.add(Sample.of(new Cholesky(true, false), definite(3, 3)).withoutGradient());
        all.add(Sample.of(new Prepared(new Cholesky(false, true), LinalgSamples::definiteOf, false), any(2, 3, 3))
                .onFloats());
        all.add(Sample.of(new Prepared(new Cholesky(true, false), LinalgSamples::definiteOf, false), any(3, 3))
                .onFloats());
        // The rule gives the gradient of all elements of the factor, also of those that are not read.
        all.add(Sample.of(new CholeskySolve(false), a, b).holding(0));
        all.add(Sample.of(new CholeskySolve(true), a, b).holding(0));
        for (Determinant op : Determinant.values()) {
            all.add(Sample.of(op, a).flowing(op == Determinant.DET ? 0 : 1));
        }
        all.add(Sample.of(Eig.EIG, a).flowing(0));
        all.add(Sample.of(new Eigh(false), definite(2, 3, 3)).withoutGradient());
        all.add(Sample.of(new Eigh(true), definite(2, 3, 3)).withoutGradient());
        for (boolean upper : new boolean[] {false, true}) {
            all.add(Sample.of(new Prepared(new Eigh(upper), LinalgSamples::hermitianOf, true), any(2, 3, 3))
                    .onFloats());
        }
        all.add(Sample.of(Geqrf.GEQRF, any(2, 4, 3)).withoutGradient());
        Input tau = any(2, 3);
        all.add(Sample.of(new HouseholderApply("ormqr", false), any(2, 4, 3), tau, any(2, 4, 2)));
        all.add(Sample.of(new HouseholderApply("ormqr", true), any(2, 4, 3), tau, any(2, 4, 2)));
        all.add(Sample.of(new LdlFactor(false, true), definite(2, 3, 3)));
        all.add(Sample.of(new LdlFactor(true, false), definite(2, 3, 3)));
        Input identity = of(new double[] {1, 2, 3, 1, 2, 3}, 2, 3).as(PIVOT);
        all.add(Sample.of(new LdlSolve(false), a, identity, b).withoutGradient());
        all.add(Sample.of(new LdlSolve(true), definite(2, 3, 3), identity, b).withoutGradient());
        all.add(Sample.of(new LuFactor(true, true), a));
        all.add(Sample.of(new LuFactor(false, false), a));
        all.add(Sample.of(new LuFactor(true, false), any(2, 4, 3)));
        all.add(Sample.of(new LuSolve(false), a, pivots, b));
        all.add(Sample.of(new LuSolve(true), a, pivots, b));
        all.add(Sample.of(MatrixExp.MATRIX_EXP, any(2, 3, 3)));
        all.add(Sample.of(new Permutation(4), of(new double[] {2, 4, 3}, 3).as(PIVOT)));
        Input zero = of(new double[] {0, 0}, 2).as(REAL);
        all.add(Sample.of(new Pinv(false), any(2, 4, 3), zero, zero).holding(1, 2));
        all.add(Sample.of(new Pinv(true), definite(2, 3, 3), zero, zero).withoutGradient());
        all.add(Sample.of(new Prepared(new Pinv(true), LinalgSamples::definiteOf, false), any(2, 3, 3), zero, zero)
                .holding(1, 2)
                .onFloats());
        all.add(Sample.of(new Qr(false), any(2, 4, 3)));
        all.add(Sample.of(new Qr(true), any(2, 3, 4)));
        all.add(Sample.of(new Qr(true), any(2, 4, 3)).withoutGradient());
        all.add(Sample.of(new Solve("solve", true), a, b).flowing(0));
        all.add(Sample.of(new Solve("inv", false), a, b).flowing(0));
        all.add(Sample.of(Spectrum.SVDVALS, any(2, 4, 3)));
        all.add(Sample.of(Spectrum.EIGVALS, a));
        all.add(Sample.of(Spectrum.EIGVALSH, definite(2, 3, 3)).withoutGradient());
        all.add(Sample.of(Spectrum.EIGVALSH_UPPER, definite(2, 3, 3)).withoutGradient());
        for (Spectrum op : new Spectrum[] {Spectrum.EIGVALSH, Spectrum.EIGVALSH_UPPER}) {
            all.add(Sample.of(new Prepared(op, LinalgSamples::hermitianOf, false), any(2, 3, 3))
                    .onFloats());
        }
        all.add(Sample.of(new Svd(false), any(2, 4, 3)).flowing(1));
        all.add(Sample.of(new Svd(true), any(2, 3, 4)).withoutGradient());
        for (boolean upper : new boolean[] {false, true}) {
            all.add(Sample.of(new TriangularSolve(upper, false), a, b));
            all.add(Sample.of(new TriangularSolve(upper, true), a, b));
        }
    }

    private static Tensor definiteOf(Tensor a) {
        return a.matmul(a.mH()).add(Tensors.eye(a.size(-1)).to(a.dtype()));
    }

    private static Tensor hermitianOf(Tensor a) {
        return a.add(a.mH());
    }
}

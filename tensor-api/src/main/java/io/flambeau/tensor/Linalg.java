package io.flambeau.tensor;

import io.flambeau.tensor.op.linalg.Batches;
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
import io.flambeau.tensor.op.linalg.Parts;
import io.flambeau.tensor.op.linalg.Permutation;
import io.flambeau.tensor.op.linalg.Pinv;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
import io.flambeau.tensor.op.linalg.Spectrum;
import io.flambeau.tensor.op.linalg.Svd;
import io.flambeau.tensor.op.linalg.TriangularSolve;
import org.jspecify.annotations.Nullable;

/**
 * Linear algebra: PyTorch's {@code torch.linalg} and its older names in {@code torch}.
 *
 * <p>Matrices are the last two axes; axes before are batches. Factorisations take F32, F64, C64 and C128 and compute in
 * F64. Results whose signs or phases are free (QR, eigenvectors, singular vectors) have LAPACK's. All have gradients
 * unless it is said.
 *
 * <pre>{@code
 * Tensor x = Linalg.solve(a, b);
 * Linalg.SvdFactors f = Linalg.svd(a, false);
 * Tensor low = f.u().narrow(-1, 0, 3).mul(f.s().narrow(-1, 0, 3)).matmul(f.vh().narrow(-2, 0, 3));
 * }</pre>
 */
public final class Linalg {
    private Linalg() {}

    /** A = Q R. */
    public record QrFactors(Tensor q, Tensor r) {}

    /** A = U diag(s) Vh. */
    public record SvdFactors(Tensor u, Tensor s, Tensor vh) {}

    /** Eigenvalues, and eigenvectors in columns. */
    public record Eigenpairs(Tensor values, Tensor vectors) {}

    /** A = P L U. */
    public record LuFactors(Tensor p, Tensor l, Tensor u) {}

    /** A factorisation in LAPACK's compact form, its pivots (I32, from 1), and the position of a zero pivot or 0. */
    public record Packed(Tensor factors, Tensor pivots, Tensor info) {}

    /** A result, and where its computation failed (I32), or 0. */
    public record WithInfo(Tensor result, Tensor info) {}

    /** det(A) = sign exp(logabsdet). */
    public record Slogdet(Tensor sign, Tensor logabsdet) {}

    /** What {@link Linalg#lstsq} gives; parts that a driver does not compute are empty. */
    public record LeastSquares(Tensor solution, Tensor residuals, Tensor rank, Tensor singularValues) {}

    // Factorisations

    /**
     * The lower L with A = L adjoint(L).
     *
     * @throws NumericException if A is not positive definite
     */
    public static Tensor cholesky(Tensor a) {
        return cholesky(a, false);
    }

    /** The lower factor, or its adjoint computed from the upper triangle. */
    public static Tensor cholesky(Tensor a, boolean upper) {
        return Tensor.bindAll(new Cholesky(upper, true), a)[0];
    }

    /**
     * As {@link #cholesky(Tensor, boolean)}, with the order of the first minor that is not positive instead of an
     * error.
     */
    public static WithInfo choleskyEx(Tensor a, boolean upper) {
        return withInfo(Tensor.bindAll(new Cholesky(upper, false), a));
    }

    /** The inverse of the matrix whose Cholesky factor this is. */
    public static Tensor choleskyInverse(Tensor factor, boolean upper) {
        return choleskySolve(identityLike(factor), factor, upper);
    }

    /** The X with A X = B, A given by its Cholesky factor. */
    public static Tensor choleskySolve(Tensor b, Tensor factor, boolean upper) {
        return Tensor.bind(new CholeskySolve(upper), Batches.broadcast("choleskySolve", factor, b));
    }

    /** The reduced factorisation: Q is m x min(m, n). */
    public static QrFactors qr(Tensor a) {
        return qr(a, "reduced");
    }

    /** The modes are "reduced", "complete" (Q is square) and "r" (Q is left empty). */
    public static QrFactors qr(Tensor a, String mode) {
        boolean complete = mode.equals("complete");
        if (!complete && !mode.equals("reduced") && !mode.equals("r")) {
            throw new ArgumentException(
                    "qr", "mode '" + mode + "' is none of 'reduced', 'complete', 'r'", Fault.BAD_ARGUMENT);
        }
        Tensor[] out = Tensor.bindAll(new Qr(complete), a);
        return new QrFactors(mode.equals("r") ? a.newZeros(Shape.of(0)) : out[0], out[1]);
    }

    /** LAPACK's compact QR: R and the reflectors in one matrix, and tau. Without gradient. */
    public static Tensor[] geqrf(Tensor a) {
        return Tensor.bindAll(Geqrf.GEQRF, a);
    }

    /** The first n columns of the product of the reflectors in A (m x n), with the factors tau. */
    public static Tensor householderProduct(Tensor a, Tensor tau) {
        // Taken everywhere, so that the result is a function of A also without reflectors.
        Tensor identity = Parts.identity(a);
        Tensor start = identity.where(identity.eq(identity), a);
        return Tensor.bind(new HouseholderApply("householderProduct", false), a, tau, start);
    }

    /** The product of reflectors, or its adjoint, times another matrix from the left or the right. */
    public static Tensor ormqr(Tensor a, Tensor tau, Tensor other, boolean left, boolean transpose) {
        return left
                ? Tensor.bind(new HouseholderApply("ormqr", transpose), a, tau, other)
                : Tensor.bind(new HouseholderApply("ormqr", !transpose), a, tau, other.mH())
                        .mH();
    }

    /** P, L and U. */
    public static LuFactors lu(Tensor a, boolean pivot) {
        Tensor[] out = Tensor.bindAll(new LuFactor(pivot, false), a);
        LuFactors factors = luUnpack(out[0], out[1]);
        return pivot ? factors : new LuFactors(a.newZeros(Shape.of(0)), factors.l(), factors.u());
    }

    /**
     * Both factors in one matrix.
     *
     * @throws NumericException if a pivot is zero
     */
    public static Packed luFactor(Tensor a, boolean pivot) {
        return packed(Tensor.bindAll(new LuFactor(pivot, true), a));
    }

    /** As {@link #luFactor} with info instead of an error. */
    public static Packed luFactorEx(Tensor a, boolean pivot) {
        return packed(Tensor.bindAll(new LuFactor(pivot, false), a));
    }

    /** P, L and U of a compact factorisation. */
    public static LuFactors luUnpack(Tensor lu, Tensor pivots) {
        long m = lu.size(-2);
        long n = lu.size(-1);
        long k = Math.min(m, n);
        Tensor left = lu.narrow(-1, 0, k);
        Tensor l = Parts.tril(left, -1).add(Parts.identity(left));
        return new LuFactors(Permutation.matrix(lu, pivots, m), l, Parts.triu(lu.narrow(-2, 0, k), 0));
    }

    /** A = L D transpose(L), or adjoint(L) if Hermitian, with diagonal blocks of order 1 and 2. Without gradient. */
    public static Packed ldlFactor(Tensor a, boolean hermitian) {
        return packed(Tensor.bindAll(new LdlFactor(hermitian, true), a));
    }

    public static Packed ldlFactorEx(Tensor a, boolean hermitian) {
        return packed(Tensor.bindAll(new LdlFactor(hermitian, false), a));
    }

    /** The X with A X = B, A given by {@link #ldlFactor}. */
    public static Tensor ldlSolve(Tensor ld, Tensor pivots, Tensor b, boolean hermitian) {
        Tensor[] same = Batches.broadcast("ldlSolve", ld, b);
        return Tensor.bind(new LdlSolve(hermitian), same[0], pivotsLike(pivots, same[0]), same[1]);
    }

    // Spectra

    /** Values and vectors of symmetric or Hermitian matrices, of which the lower triangle is read. */
    public static Eigenpairs eigh(Tensor a) {
        return eigh(a, "L");
    }

    /** Of the lower ("L") or upper ("U") triangle. */
    public static Eigenpairs eigh(Tensor a, String uplo) {
        return pairs(Tensor.bindAll(new Eigh(isUpper("eigh", uplo)), a));
    }

    private static boolean isUpper(String operation, String uplo) {
        boolean upper = uplo.equalsIgnoreCase("U");
        if (!upper && !uplo.equalsIgnoreCase("L")) {
            throw new ArgumentException(operation, "UPLO '" + uplo + "' is neither 'L' nor 'U'", Fault.BAD_ARGUMENT);
        }
        return upper;
    }

    public static Tensor eigvalsh(Tensor a, String uplo) {
        return Tensor.bind(isUpper("eigvalsh", uplo) ? Spectrum.EIGVALSH_UPPER : Spectrum.EIGVALSH, a);
    }

    /** Complex values and vectors of length 1 of general matrices. */
    public static Eigenpairs eig(Tensor a) {
        return pairs(Tensor.bindAll(Eig.EIG, a));
    }

    public static Tensor eigvals(Tensor a) {
        return Tensor.bind(Spectrum.EIGVALS, a);
    }

    /** Singular values descending; U and Vh are square if full. */
    public static SvdFactors svd(Tensor a, boolean full) {
        Tensor[] out = Tensor.bindAll(new Svd(full), a);
        return new SvdFactors(out[0], out[1], out[2]);
    }

    public static Tensor svdvals(Tensor a) {
        return Tensor.bind(Spectrum.SVDVALS, a);
    }

    // Systems

    /** The X with A X = B; B may be one vector for each matrix. */
    public static Tensor solve(Tensor a, Tensor b) {
        return solve(a, b, true);
    }

    /** The X with A X = B, or X A = B. */
    public static Tensor solve(Tensor a, Tensor b, boolean left) {
        return solve(a, b, left, true).result();
    }

    /** As {@link #solve(Tensor, Tensor, boolean)} with the position of a zero pivot instead of an error. */
    public static WithInfo solveEx(Tensor a, Tensor b, boolean left) {
        return solve(a, b, left, false);
    }

    private static WithInfo solve(Tensor a, Tensor b, boolean left, boolean check) {
        if (isVectors(a, b)) {
            if (!left) {
                throw new ArgumentException(
                        "solve", "X A = B is not defined for vectors B of shape " + b.shape(), Fault.BAD_ARGUMENT);
            }
            WithInfo columns = solve(a, b.unsqueeze(-1), true, check);
            return new WithInfo(columns.result().squeeze(-1), columns.info());
        }
        if (!left) {
            WithInfo rows = solve(a.mT(), b.mT(), true, check);
            return new WithInfo(rows.result().mT(), rows.info());
        }
        return withInfo(Tensor.bindAll(new Solve("solve", check), Batches.broadcast("solve", a, b)));
    }

    private static boolean isVectors(Tensor a, Tensor b) {
        return b.rank() == 1
                || a.rank() > 1
                        && b.rank() == a.rank() - 1
                        && b.shape().equals(a.shape().range(0, b.rank()));
    }

    /** The X with A X = B or X A = B for triangular A; the other triangle is not read. */
    public static Tensor solveTriangular(Tensor a, Tensor b, boolean upper, boolean left, boolean unitriangular) {
        return left
                ? TriangularSolve.left(a, b, upper, unitriangular)
                : TriangularSolve.right(a, b, upper, unitriangular);
    }

    /** The X with A X = B (left), X A = B, or with adjoint(A), A given by {@link #luFactor}. */
    public static Tensor luSolve(Tensor lu, Tensor pivots, Tensor b, boolean left, boolean adjoint) {
        if (!left) {
            return luSolve(lu, pivots, b.mH(), true, !adjoint).mH();
        }
        Tensor[] same = Batches.broadcast("luSolve", lu, b);
        return Tensor.bind(new LuSolve(adjoint), same[0], pivotsLike(pivots, same[0]), same[1]);
    }

    /**
     * The inverse.
     *
     * @throws NumericException if A is singular
     */
    public static Tensor inv(Tensor a) {
        return inverse(a, true).result();
    }

    public static WithInfo invEx(Tensor a) {
        return inverse(a, false);
    }

    private static WithInfo inverse(Tensor a, boolean check) {
        return withInfo(Tensor.bindAll(new Solve("inv", check), a, identityLike(a)));
    }

    /** The pseudoinverse; singular values at most max(atol, rtol times the largest) count as zero. */
    public static Tensor pinv(Tensor a) {
        return pinv(a, null, null, false);
    }

    /**
     * As {@link #pinv(Tensor)}; of tolerances left out, rtol is max(m, n) times the dtype's epsilon unless atol is
     * given.
     */
    public static Tensor pinv(Tensor a, @Nullable Tensor atol, @Nullable Tensor rtol, boolean hermitian) {
        Tensor[] tolerances = Ranks.tolerances("pinv", a, atol, rtol);
        return Tensor.bind(new Pinv(hermitian), a, tolerances[0], tolerances[1]);
    }

    /**
     * The X that minimises |A X - B|, of least norm. The driver is "gelsy" (default), "gelsd", "gelss", or "gels"
     * for A of
     * full rank; all compute by singular values here, they differ in which parts are given.
     */
    public static LeastSquares lstsq(Tensor a, Tensor b, @Nullable Double rcond, @Nullable String driver) {
        return Ranks.lstsq(a, b, rcond, driver == null ? "gelsy" : driver);
    }

    // Functions of matrices

    public static Tensor det(Tensor a) {
        return Tensor.bind(Determinant.DET, a);
    }

    public static Slogdet slogdet(Tensor a) {
        Tensor[] out = Tensor.bindAll(Determinant.SLOGDET, a);
        return new Slogdet(out[0], out[1]);
    }

    /** The logarithm of the determinant: NaN of a negative one, complex of complex matrices. */
    public static Tensor logdet(Tensor a) {
        Slogdet d = slogdet(a);
        if (a.dtype().isComplex()) {
            return d.logabsdet().add(d.sign().log());
        }
        return d.logabsdet()
                .newFull(Shape.SCALAR, Scalar.of(Double.NaN))
                .where(d.sign().eq(-1), d.logabsdet());
    }

    public static Tensor matrixExp(Tensor a) {
        return Tensor.bind(MatrixExp.MATRIX_EXP, a);
    }

    /** The n-th power by repeated squaring; of the inverse for negative n. */
    public static Tensor matrixPower(Tensor a, long n) {
        return Chains.power(a, n);
    }

    /** The product of matrices in the order that multiplies least; the first and the last may be vectors. */
    public static Tensor multiDot(Tensor... tensors) {
        return Chains.multiDot(tensors);
    }

    /** How many singular values (or moduli of eigenvalues) exceed max(atol, rtol times the largest), as I64. */
    public static Tensor matrixRank(Tensor a, @Nullable Tensor atol, @Nullable Tensor rtol, boolean hermitian) {
        return Ranks.of(a, atol, rtol, hermitian);
    }

    /** The norm of A times that of its inverse; by default the ratio of the largest to the smallest singular value. */
    public static Tensor cond(Tensor a, @Nullable Object order) {
        return Ranks.condition(a, order);
    }

    // Norms

    /** The norm of order p of vectors along axes, or of all elements. */
    public static Tensor vectorNorm(Tensor x, double p, boolean keep, int... axes) {
        return Norms.vector(x, p, keep, axes);
    }

    /** The norm "fro" or "nuc" of the matrices of the last two axes. */
    public static Tensor matrixNorm(Tensor x, String order) {
        return Norms.matrix(x, order, false, -2, -1);
    }

    public static Tensor matrixNorm(Tensor x, String order, boolean keep, int row, int column) {
        return Norms.matrix(x, order, keep, row, column);
    }

    /** The norm of order 1, -1, 2, -2, inf or -inf of the matrices of two axes. */
    public static Tensor matrixNorm(Tensor x, double order, boolean keep, int row, int column) {
        return Norms.matrix(x, order, keep, row, column);
    }

    /** The Euclidean norm of all elements. */
    public static Tensor norm(Tensor x) {
        return Norms.vector(x, 2, false);
    }

    /**
     * A vector or a matrix norm, as the order (null, a number, "fro" or "nuc") and the axes (null, one or two) say.
     */
    public static Tensor norm(Tensor x, @Nullable Object order, boolean keep, int @Nullable [] axes) {
        return Norms.of(x, order, keep, axes);
    }

    // Products

    /** The sum of conj(x) y along an axis. */
    public static Tensor vecdot(Tensor x, Tensor y, int axis) {
        return x.conj().mul(y).sum(axis);
    }

    /** The cross product of vectors of three elements along an axis. */
    public static Tensor cross(Tensor x, Tensor y, int axis) {
        return Chains.cross(x, y, axis);
    }

    /** The powers 0 … n - 1 of each element, along a new last axis. */
    public static Tensor vander(Tensor x, @Nullable Long n) {
        return Chains.vander(x, n);
    }

    /** The tensor that tensordot with A, over the first {@code ind} axes, makes the identity. */
    public static Tensor tensorinv(Tensor a, int ind) {
        return Chains.tensorinv(a, ind);
    }

    /** The X whose product with A over all of X's axes is B; the axes named are first moved to the end of A. */
    public static Tensor tensorsolve(Tensor a, Tensor b, int... axes) {
        return Chains.tensorsolve(a, b, axes);
    }

    private static Tensor identityLike(Tensor a) {
        return a.rank() < 2 ? a : Parts.identity(a).expand(a.shape());
    }

    private static Tensor pivotsLike(Tensor pivots, Tensor matrices) {
        return matrices.rank() < 2 || pivots.rank() < 1
                ? pivots
                : Batches.expand(pivots, matrices.shape().range(0, matrices.rank() - 2), 1);
    }

    private static Packed packed(Tensor[] out) {
        return new Packed(out[0], out[1], out[2]);
    }

    private static WithInfo withInfo(Tensor[] out) {
        return new WithInfo(out[0], out[1]);
    }

    private static Eigenpairs pairs(Tensor[] out) {
        return new Eigenpairs(out[0], out[1]);
    }
}

package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Linear algebra, under {@code torch.linalg}'s names. */
final class LinalgCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Linear algebra",
            entry(
                    "linalg.cholesky(input, *, upper=False)",
                    "Linalg.cholesky(a, upper)",
                    a -> Linalg.cholesky(a.tensor("input"), a.flag("upper"))),
            entry(
                    "linalg.cholesky_ex(input, *, upper=False, check_errors=False)",
                    "Linalg.choleskyEx(a, upper)",
                    a -> a.flag("check_errors")
                            ? checked(Linalg.cholesky(a.tensor("input"), a.flag("upper")))
                            : list(Linalg.choleskyEx(a.tensor("input"), a.flag("upper")))),
            entry("linalg.qr(A, mode='reduced')", "Linalg.qr(a, mode)", a -> {
                Linalg.QrFactors f = Linalg.qr(a.tensor("A"), a.text("mode"));
                return new Tensor[] {f.q(), f.r()};
            }),
            entry(
                    "linalg.householder_product(A, tau)",
                    "Linalg.householderProduct(a, tau)",
                    a -> Linalg.householderProduct(a.tensor("A"), a.tensor("tau"))),
            entry(
                    "linalg.lu(A, *, pivot=True)",
                    "Linalg.lu(a, pivot)",
                    a -> list(Linalg.lu(a.tensor("A"), a.flag("pivot")))),
            entry("linalg.lu_factor(A, *, pivot=True)", "Linalg.luFactor(a, pivot)", a -> {
                Linalg.Packed f = Linalg.luFactor(a.tensor("A"), a.flag("pivot"));
                return new Tensor[] {f.factors(), f.pivots()};
            }),
            entry(
                    "linalg.lu_factor_ex(A, *, pivot=True, check_errors=False)",
                    "Linalg.luFactorEx(a, pivot)",
                    a -> list(
                            a.flag("check_errors")
                                    ? Linalg.luFactor(a.tensor("A"), a.flag("pivot"))
                                    : Linalg.luFactorEx(a.tensor("A"), a.flag("pivot")))),
            entry(
                    "linalg.lu_solve(LU, pivots, B, *, left=True, adjoint=False)",
                    "Linalg.luSolve(lu, pivots, b, left, adjoint)",
                    a -> Linalg.luSolve(
                            a.tensor("LU"), a.tensor("pivots"), a.tensor("B"), a.flag("left"), a.flag("adjoint"))),
            entry("linalg.ldl_factor(A, *, hermitian=False)", "Linalg.ldlFactor(a, hermitian)", a -> {
                Linalg.Packed f = Linalg.ldlFactor(a.tensor("A"), a.flag("hermitian"));
                return new Tensor[] {f.factors(), f.pivots()};
            }),
            entry(
                    "linalg.ldl_factor_ex(A, *, hermitian=False, check_errors=False)",
                    "Linalg.ldlFactorEx(a, hermitian)",
                    a -> list(
                            a.flag("check_errors")
                                    ? Linalg.ldlFactor(a.tensor("A"), a.flag("hermitian"))
                                    : Linalg.ldlFactorEx(a.tensor("A"), a.flag("hermitian")))),
            entry(
                    "linalg.ldl_solve(LD, pivots, B, *, hermitian=False)",
                    "Linalg.ldlSolve(ld, pivots, b, hermitian)",
                    a -> Linalg.ldlSolve(a.tensor("LD"), a.tensor("pivots"), a.tensor("B"), a.flag("hermitian"))),
            entry(
                    "linalg.eigh(A, UPLO='L')",
                    "Linalg.eigh(a, uplo)",
                    a -> list(Linalg.eigh(a.tensor("A"), a.text("UPLO")))),
            entry(
                    "linalg.eigvalsh(A, UPLO='L')",
                    "Linalg.eigvalsh(a, uplo)",
                    a -> Linalg.eigvalsh(a.tensor("A"), a.text("UPLO"))),
            entry("linalg.eig(A)", "Linalg.eig(a)", a -> list(Linalg.eig(a.tensor("A")))),
            entry("linalg.eigvals(A)", "Linalg.eigvals(a)", a -> Linalg.eigvals(a.tensor("A"))),
            entry("linalg.svd(A, full_matrices=True, *, driver=None)", "Linalg.svd(a, full)", a -> {
                Linalg.SvdFactors f = Linalg.svd(a.tensor("A"), a.flag("full_matrices"));
                return new Tensor[] {f.u(), f.s(), f.vh()};
            }),
            entry("linalg.svdvals(A, *, driver=None)", "Linalg.svdvals(a)", a -> Linalg.svdvals(a.tensor("A"))),
            entry(
                    "linalg.solve(A, B, *, left=True)",
                    "Linalg.solve(a, b, left)",
                    a -> Linalg.solve(a.tensor("A"), a.tensor("B"), a.flag("left"))),
            entry(
                    "linalg.solve_ex(A, B, *, left=True, check_errors=False)",
                    "Linalg.solveEx(a, b, left)",
                    a -> a.flag("check_errors")
                            ? checked(Linalg.solve(a.tensor("A"), a.tensor("B"), a.flag("left")))
                            : list(Linalg.solveEx(a.tensor("A"), a.tensor("B"), a.flag("left")))),
            entry(
                    "linalg.solve_triangular(A, B, *, upper, left=True, unitriangular=False)",
                    "Linalg.solveTriangular(a, b, upper, left, unitriangular)",
                    a -> Linalg.solveTriangular(
                            a.tensor("A"), a.tensor("B"), a.flag("upper"), a.flag("left"), a.flag("unitriangular"))),
            entry("linalg.inv(A)", "Linalg.inv(a)", a -> Linalg.inv(a.tensor("A"))),
            entry(
                    "linalg.inv_ex(A, *, check_errors=False)",
                    "Linalg.invEx(a)",
                    a -> a.flag("check_errors")
                            ? checked(Linalg.inv(a.tensor("A")))
                            : list(Linalg.invEx(a.tensor("A")))),
            entry(
                    "linalg.pinv(A, *, atol=None, rtol=None, hermitian=False)",
                    "Linalg.pinv(a, atol, rtol, hermitian)",
                    a -> Linalg.pinv(a.tensor("A"), tolerance(a, "atol"), tolerance(a, "rtol"), a.flag("hermitian"))),
            entry(
                    "linalg.pinv(A, rcond, hermitian=False)",
                    "Linalg.pinv(a, null, rcond, hermitian)",
                    a -> Linalg.pinv(a.tensor("A"), null, tolerance(a, "rcond"), a.flag("hermitian"))),
            entry("linalg.lstsq(A, B, rcond=None, *, driver=None)", "Linalg.lstsq(a, b, rcond, driver)", a -> {
                Double rcond = a.has("rcond") ? (Double) a.real("rcond") : null;
                String driver = a.has("driver") ? a.text("driver") : null;
                Linalg.LeastSquares r = Linalg.lstsq(a.tensor("A"), a.tensor("B"), rcond, driver);
                return new Tensor[] {r.solution(), r.residuals(), r.rank(), r.singularValues()};
            }),
            entry("linalg.det(A)", "Linalg.det(a)", a -> Linalg.det(a.tensor("A"))),
            entry("linalg.slogdet(A)", "Linalg.slogdet(a)", a -> {
                Linalg.Slogdet d = Linalg.slogdet(a.tensor("A"));
                return new Tensor[] {d.sign(), d.logabsdet()};
            }),
            entry("linalg.matrix_exp(A)", "Linalg.matrixExp(a)", a -> Linalg.matrixExp(a.tensor("A"))),
            entry(
                    "linalg.matrix_power(A, n)",
                    "Linalg.matrixPower(a, n)",
                    a -> Linalg.matrixPower(a.tensor("A"), a.integer("n"))),
            entry("linalg.multi_dot(tensors)", "Linalg.multiDot(tensors)", a -> Linalg.multiDot(a.tensors("tensors"))),
            entry(
                    "linalg.matrix_rank(A, *, atol=None, rtol=None, hermitian=False)",
                    "Linalg.matrixRank(a, atol, rtol, hermitian)",
                    a -> Linalg.matrixRank(
                            a.tensor("A"), tolerance(a, "atol"), tolerance(a, "rtol"), a.flag("hermitian"))),
            entry(
                    "linalg.matrix_rank(A, tol, hermitian=False)",
                    "Linalg.matrixRank(a, tol, null, hermitian)",
                    a -> Linalg.matrixRank(a.tensor("A"), tolerance(a, "tol"), null, a.flag("hermitian"))),
            entry("linalg.cond(A, p=None)", "Linalg.cond(a, p)", a -> Linalg.cond(a.tensor("A"), a.value("p"))),
            entry(
                    "linalg.vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None)",
                    "Linalg.vectorNorm(x, p, keep, axes)",
                    a -> Linalg.vectorNorm(cast(a, "x"), a.real("ord"), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "linalg.matrix_norm(A, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None)",
                    "Linalg.matrixNorm(a, order, keep, row, column)",
                    a -> matrixNorm(cast(a, "A"), a.value("ord"), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "linalg.norm(A, ord=None, dim=None, keepdim=False, *, dtype=None)",
                    "Linalg.norm(x, order, keep, axes)",
                    a -> Linalg.norm(
                            cast(a, "A"), a.value("ord"), a.flag("keepdim"), a.has("dim") ? a.axes("dim") : null)),
            entry(
                    "linalg.vecdot(x, y, *, dim=-1)",
                    "Linalg.vecdot(x, y, axis)",
                    a -> Linalg.vecdot(a.tensor("x"), a.tensor("y"), a.axis("dim"))),
            entry(
                    "linalg.cross(input, other, *, dim=-1)",
                    "Linalg.cross(x, y, axis)",
                    a -> Linalg.cross(a.tensor("input"), a.tensor("other"), a.axis("dim"))),
            entry(
                    "linalg.diagonal(A, *, offset=0, dim1=-2, dim2=-1)",
                    "x.diagonal(offset, row, column)",
                    a -> a.tensor("A").diagonal(a.integer("offset"), a.axis("dim1"), a.axis("dim2"))),
            entry("linalg.matmul(A, B)", "a.matmul(b)", a -> a.tensor("A").matmul(a.tensor("B"))),
            entry(
                    "linalg.vander(x, *, N=None)",
                    "Linalg.vander(x, n)",
                    a -> Linalg.vander(a.tensor("x"), a.has("N") ? (Long) a.integer("N") : null)),
            entry(
                    "linalg.tensorinv(A, ind=2)",
                    "Linalg.tensorinv(a, ind)",
                    a -> Linalg.tensorinv(a.tensor("A"), a.axis("ind"))),
            entry(
                    "linalg.tensorsolve(A, B, dims=None)",
                    "Linalg.tensorsolve(a, b, axes)",
                    a -> Linalg.tensorsolve(a.tensor("A"), a.tensor("B"), a.axes("dims"))));

    private LinalgCatalog() {}

    static Tensor matrixNorm(Tensor x, @Nullable Object order, boolean keep, int[] axes) {
        int row = axes.length == 2 ? axes[0] : -2;
        int column = axes.length == 2 ? axes[1] : -1;
        return order instanceof String name
                ? Linalg.matrixNorm(x, name, keep, row, column)
                : Linalg.matrixNorm(x, ((Number) Objects.requireNonNull(order)).doubleValue(), keep, row, column);
    }

    static Tensor cast(Arguments a, String name) {
        Tensor x = a.tensor(name);
        return a.has("dtype") ? x.to(a.dtype("dtype")) : x;
    }

    /** A tolerance may be a tensor or a number. */
    private static @Nullable Tensor tolerance(Arguments a, String name) {
        return !a.has(name) ? null : a.isTensor(name) ? a.tensor(name) : Tensors.scalar(a.real(name));
    }

    static Tensor[] list(Linalg.WithInfo r) {
        return new Tensor[] {r.result(), r.info()};
    }

    static Tensor[] list(Linalg.Packed f) {
        return new Tensor[] {f.factors(), f.pivots(), f.info()};
    }

    static Tensor[] list(Linalg.LuFactors f) {
        return new Tensor[] {f.p(), f.l(), f.u()};
    }

    static Tensor[] list(Linalg.Eigenpairs e) {
        return new Tensor[] {e.values(), e.vectors()};
    }

    /** A result that was checked has no failure to tell. */
    private static Tensor[] checked(Tensor result) {
        return new Tensor[] {result, Tensors.zeros(DType.I32)};
    }
}

package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.LinalgCatalog.list;

import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Linear algebra under {@code torch}'s older names. */
final class FactorisationCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Linear algebra, older names",
            entry(
                    "cholesky(input, upper=False)",
                    "Linalg.cholesky(a, upper)",
                    a -> Linalg.cholesky(a.tensor("input"), a.flag("upper"))),
            entry(
                    "cholesky_inverse(L, upper=False)",
                    "Linalg.choleskyInverse(factor, upper)",
                    a -> Linalg.choleskyInverse(a.tensor("L"), a.flag("upper"))),
            entry(
                    "cholesky_solve(B, L, upper=False)",
                    "Linalg.choleskySolve(b, factor, upper)",
                    a -> Linalg.choleskySolve(a.tensor("B"), a.tensor("L"), a.flag("upper"))),
            entry("qr(input, some=True)", "Linalg.qr(a, mode)", a -> {
                Linalg.QrFactors f = Linalg.qr(a.tensor("input"), a.flag("some") ? "reduced" : "complete");
                return new Tensor[] {f.q(), f.r()};
            }),
            entry("geqrf(input)", "Linalg.geqrf(a)", a -> Linalg.geqrf(a.tensor("input"))),
            entry(
                    "orgqr(input, input2)",
                    "Linalg.householderProduct(a, tau)",
                    a -> Linalg.householderProduct(a.tensor("input"), a.tensor("input2"))),
            entry(
                    "ormqr(input, tau, other, left=True, transpose=False)",
                    "Linalg.ormqr(a, tau, other, left, transpose)",
                    a -> Linalg.ormqr(
                            a.tensor("input"),
                            a.tensor("tau"),
                            a.tensor("other"),
                            a.flag("left"),
                            a.flag("transpose"))),
            entry("svd(input, some=True, compute_uv=True)", "Linalg.svd(a, full)", a -> {
                Linalg.SvdFactors f = Linalg.svd(a.tensor("input"), !a.flag("some"));
                return new Tensor[] {f.u(), f.s(), f.vh().mH()};
            }),
            entry("lu(A, pivot=True, get_infos=False)", "Linalg.luFactorEx(a, pivot)", a -> {
                Linalg.Packed f = a.flag("get_infos")
                        ? Linalg.luFactorEx(a.tensor("A"), a.flag("pivot"))
                        : Linalg.luFactor(a.tensor("A"), a.flag("pivot"));
                return a.flag("get_infos") ? list(f) : new Tensor[] {f.factors(), f.pivots()};
            }),
            entry(
                    "lu_solve(b, LU_data, LU_pivots)",
                    "Linalg.luSolve(lu, pivots, b, true, false)",
                    a -> Linalg.luSolve(a.tensor("LU_data"), a.tensor("LU_pivots"), a.tensor("b"), true, false)),
            entry(
                    "lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True)",
                    "Linalg.luUnpack(lu, pivots)",
                    a -> list(Linalg.luUnpack(a.tensor("LU_data"), a.tensor("LU_pivots")))),
            entry(
                    "triangular_solve(b, A, upper=True, transpose=False, unitriangular=False)",
                    "Linalg.solveTriangular(a, b, upper, true, unitriangular)",
                    a -> {
                        Tensor matrix = a.tensor("A");
                        boolean upper = a.flag("upper") != a.flag("transpose");
                        Tensor applied = a.flag("transpose") ? matrix.mT() : matrix;
                        Tensor x = Linalg.solveTriangular(applied, a.tensor("b"), upper, true, a.flag("unitriangular"));
                        return new Tensor[] {x, matrix.clone()};
                    }),
            entry(
                    "pinverse(input, rcond=1e-15)",
                    "Linalg.pinv(a, null, rcond, false)",
                    a -> Linalg.pinv(a.tensor("input"), null, Tensors.scalar(a.real("rcond")), false)),
            entry("inverse(input)", "Linalg.inv(a)", a -> Linalg.inv(a.tensor("input"))),
            entry("det(input)", "Linalg.det(a)", a -> Linalg.det(a.tensor("input"))),
            entry("slogdet(input)", "Linalg.slogdet(a)", a -> {
                Linalg.Slogdet d = Linalg.slogdet(a.tensor("input"));
                return new Tensor[] {d.sign(), d.logabsdet()};
            }),
            entry("logdet(input)", "Linalg.logdet(a)", a -> Linalg.logdet(a.tensor("input"))),
            entry("matrix_exp(input)", "Linalg.matrixExp(a)", a -> Linalg.matrixExp(a.tensor("input"))),
            entry(
                    "matrix_power(input, n)",
                    "Linalg.matrixPower(a, n)",
                    a -> Linalg.matrixPower(a.tensor("input"), a.integer("n"))),
            entry("chain_matmul(*matrices)", "Linalg.multiDot(matrices)", a -> Linalg.multiDot(a.tensors("matrices"))),
            entry("cross(input, other, dim=None)", "Linalg.cross(x, y, axis)", FactorisationCatalog::cross),
            entry(
                    "norm(input, p='fro', dim=None, keepdim=False, dtype=None)",
                    "Linalg.norm(x, p, keep, axes)",
                    a -> norm(a)));

    private FactorisationCatalog() {}

    /** torch.cross: without an axis the first of size 3 in both. */
    private static Tensor cross(Arguments a) {
        Tensor x = a.tensor("input");
        Tensor y = a.tensor("other");
        int axis = a.has("dim") ? a.axis("dim") : 0;
        if (!a.has("dim") && x.rank() == y.rank()) {
            while (axis < x.rank() - 1 && (x.size(axis) != 3 || y.size(axis) != 3)) {
                axis++;
            }
        }
        return Linalg.cross(x, y, axis);
    }

    /** torch.norm: 'fro' and numbers are vector norms over all the axes, 'nuc' is a norm of matrices. */
    private static Tensor norm(Arguments a) {
        Tensor x = LinalgCatalog.cast(a, "input");
        boolean keep = a.flag("keepdim");
        int[] axes = a.axes("dim");
        return switch (a.value("p")) {
            case null -> Linalg.vectorNorm(x, 2, keep, axes);
            case String name when name.equals("fro") -> Linalg.vectorNorm(x, 2, keep, axes);
            case String name -> LinalgCatalog.matrixNorm(x, name, keep, axes);
            default -> Linalg.vectorNorm(x, a.real("p"), keep, axes);
        };
    }
}

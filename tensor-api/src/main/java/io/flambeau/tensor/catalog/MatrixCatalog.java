package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.binary;
import static io.flambeau.tensor.catalog.Entry.both;
import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;

/** Products of matrices and vectors. */
final class MatrixCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Products of matrices",
            binary("matmul", Tensor::matmul),
            binary("mm", Tensor::mm),
            binary("bmm", Tensor::bmm),
            binary("mv", Tensor::mv),
            binary("dot", Tensor::dot),
            binary("vdot", Tensor::vdot),
            binary("outer", Tensor::outer),
            binary("inner", Tensor::inner),
            binary("kron", Tensor::kron),
            added("addmm", "mat1", "mat2", Tensor::addmm, Tensor::addmm_),
            added("addmv", "mat", "vec", Tensor::addmv, Tensor::addmv_),
            added("addr", "vec1", "vec2", Tensor::addr, Tensor::addr_),
            added("baddbmm", "batch1", "batch2", Tensor::baddbmm, Tensor::baddbmm_),
            added("addbmm", "batch1", "batch2", Tensor::addbmm, Tensor::addbmm_),
            entry("tensordot(a, b, dims=2)", "x.tensordot(other, axes, otherAxes)", MatrixCatalog::tensordot),
            entry(
                    "einsum(equation, *operands)",
                    "Tensors.einsum(equation, operands)",
                    a -> Tensors.einsum(a.text("equation"), a.tensors("operands"))),
            entry(
                    "cdist(x1, x2, p=2.0, compute_mode=None)",
                    "x.cdist(other, p)",
                    a -> a.tensor("x1").cdist(a.tensor("x2"), a.real("p"))));

    private MatrixCatalog() {}

    private interface Added {
        Tensor apply(Tensor x, Tensor first, Tensor second, Scalar beta, Scalar alpha);
    }

    private static Entry added(String name, String first, String second, Added method, Added inPlace) {
        return both(
                name + "(input, " + first + ", " + second + ", *, beta=1, alpha=1)",
                "x." + name + "(first, second, beta, alpha)",
                method,
                inPlace,
                (m, a) -> m.apply(
                        a.tensor("input"), a.tensor(first), a.tensor(second), a.scalar("beta"), a.scalar("alpha")));
    }

    private static Tensor tensordot(Arguments a) {
        Tensor x = a.tensor("a");
        Tensor y = a.tensor("b");
        if (!a.isList("dims")) {
            return x.tensordot(y, a.axis("dims"));
        }
        List<?> pair = a.list("dims");
        if (pair.size() != 2 || !(pair.get(0) instanceof List<?> left) || !(pair.get(1) instanceof List<?> right)) {
            throw a.wrong("dims", "a number or two lists of axes", pair);
        }
        return x.tensordot(y, ints(left), ints(right));
    }

    private static int[] ints(List<?> list) {
        return list.stream().mapToInt(e -> ((Long) e).intValue()).toArray();
    }
}

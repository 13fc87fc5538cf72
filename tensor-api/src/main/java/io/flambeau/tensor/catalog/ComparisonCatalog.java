package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.binary;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.Tensor;

/** Comparisons, logic and bits. */
final class ComparisonCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Comparisons, logic and bits",
            binary("eq", Tensor::eq, Tensor::eq),
            binary("ne", Tensor::ne, Tensor::ne),
            binary("lt", Tensor::lt, Tensor::lt),
            binary("le", Tensor::le, Tensor::le),
            binary("gt", Tensor::gt, Tensor::gt),
            binary("ge", Tensor::ge, Tensor::ge),
            unary("isnan", Tensor::isnan),
            unary("isinf", Tensor::isinf),
            unary("isfinite", Tensor::isfinite),
            unary("isposinf", Tensor::isposinf),
            unary("isneginf", Tensor::isneginf),
            unary("isreal", Tensor::isreal),
            entry(
                    "isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)",
                    "x.isclose(other, rtol, atol, equalNan)",
                    a -> a.tensor("input")
                            .isclose(a.tensor("other"), a.real("rtol"), a.real("atol"), a.flag("equal_nan"))),
            entry(
                    "allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)",
                    "x.allclose(other, rtol, atol, equalNan)",
                    a -> a.tensor("input")
                            .allclose(a.tensor("other"), a.real("rtol"), a.real("atol"), a.flag("equal_nan"))),
            entry(
                    "equal(input, other)",
                    "x.equal(other)",
                    a -> a.tensor("input").equal(a.tensor("other"))),
            unary("logical_not", Tensor::logicalNot),
            binary("logical_and", Tensor::logicalAnd),
            binary("logical_or", Tensor::logicalOr),
            binary("logical_xor", Tensor::logicalXor),
            unary("bitwise_not", Tensor::bitwiseNot),
            binary("bitwise_and", Tensor::bitwiseAnd, Tensor::bitwiseAnd),
            binary("bitwise_or", Tensor::bitwiseOr, Tensor::bitwiseOr),
            binary("bitwise_xor", Tensor::bitwiseXor, Tensor::bitwiseXor),
            binary("bitwise_left_shift", Tensor::bitwiseLeftShift, (x, s) -> x.bitwiseLeftShift(s.integer())),
            binary("bitwise_right_shift", Tensor::bitwiseRightShift, (x, s) -> x.bitwiseRightShift(s.integer())));

    private ComparisonCatalog() {}
}

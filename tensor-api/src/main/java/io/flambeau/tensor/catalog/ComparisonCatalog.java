package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.binary;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.pair;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.Tensor;

/** Comparisons, logic and bits. */
final class ComparisonCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Comparisons, logic and bits",
            binary("eq", Tensor::eq, Tensor::eq, Tensor::eq_, Tensor::eq_),
            binary("ne", Tensor::ne, Tensor::ne, Tensor::ne_, Tensor::ne_),
            binary("lt", Tensor::lt, Tensor::lt, Tensor::lt_, Tensor::lt_),
            binary("le", Tensor::le, Tensor::le, Tensor::le_, Tensor::le_),
            binary("gt", Tensor::gt, Tensor::gt, Tensor::gt_, Tensor::gt_),
            binary("ge", Tensor::ge, Tensor::ge, Tensor::ge_, Tensor::ge_),
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
            unary("logical_not", Tensor::logicalNot, Tensor::logicalNot_),
            pair("logical_and", Tensor::logicalAnd, Tensor::logicalAnd_),
            pair("logical_or", Tensor::logicalOr, Tensor::logicalOr_),
            pair("logical_xor", Tensor::logicalXor, Tensor::logicalXor_),
            unary("bitwise_not", Tensor::bitwiseNot, Tensor::bitwiseNot_),
            binary("bitwise_and", Tensor::bitwiseAnd, Tensor::bitwiseAnd, Tensor::bitwiseAnd_, Tensor::bitwiseAnd_),
            binary("bitwise_or", Tensor::bitwiseOr, Tensor::bitwiseOr, Tensor::bitwiseOr_, Tensor::bitwiseOr_),
            binary("bitwise_xor", Tensor::bitwiseXor, Tensor::bitwiseXor, Tensor::bitwiseXor_, Tensor::bitwiseXor_),
            binary("bitwise_left_shift", Tensor::bitwiseLeftShift, (x, s) -> x.bitwiseLeftShift(s.integer()))
                    .inPlace(a -> a.tensor("input").bitwiseLeftShift_(a.tensor("other"))),
            binary("bitwise_right_shift", Tensor::bitwiseRightShift, (x, s) -> x.bitwiseRightShift(s.integer()))
                    .inPlace(a -> a.tensor("input").bitwiseRightShift_(a.tensor("other"))));

    private ComparisonCatalog() {}
}

package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.binary;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.Tensor;

/** Elementwise arithmetic. */
final class ArithmeticCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Arithmetic",
            entry("add(input, other, *, alpha=1)", "x.add(other, alpha)", a -> a.isTensor("other")
                    ? a.tensor("input").add(a.tensor("other"), a.scalar("alpha"))
                    : a.tensor("input").add(a.scalar("other").times(a.scalar("alpha")))),
            binary("mul", Tensor::mul, Tensor::mul),
            unary("neg", Tensor::neg),
            unary("abs", Tensor::abs));

    private ArithmeticCatalog() {}
}

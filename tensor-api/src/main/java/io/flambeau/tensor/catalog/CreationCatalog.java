package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Making tensors. */
final class CreationCatalog {
    private static final String OPTIONS = "dtype=None, requires_grad=False)";

    static final Catalog CATALOG = Catalog.of(
            "Making tensors",
            entry("zeros(*size, " + OPTIONS, "Tensors.zeros(dtype, sizes)", a -> full(a, Scalar.ZERO)),
            entry("ones(*size, " + OPTIONS, "Tensors.ones(dtype, sizes)", a -> full(a, Scalar.ONE)),
            entry(
                    "full(size, fill_value, *, " + OPTIONS,
                    "Tensors.full(value, sizes)",
                    a -> finish(
                            a,
                            Tensors.full(
                                    new Spec(
                                            a.shape("size"),
                                            a.dtype(
                                                    "dtype",
                                                    a.scalar("fill_value").dtype(Tensors.defaultDtype())),
                                            Tensors.defaultDevice()),
                                    a.scalar("fill_value")))),
            entry(
                    "scalar_tensor(s, *, " + OPTIONS,
                    "Tensors.scalar(value)",
                    a -> finish(a, Tensors.scalar(a.scalar("s")).to(a.dtype("dtype", Tensors.defaultDtype())))),
            entry("empty(*size, " + OPTIONS, "Tensors.empty(sizes)", a -> {
                DType dtype = a.dtype("dtype", Tensors.defaultDtype());
                return finish(a, Tensors.empty(new Spec(a.shape("size"), dtype, Tensors.defaultDevice())));
            }),
            entry("empty_like(input)", "x.emptyLike()", a -> a.tensor("input").emptyLike()),
            entry(
                    "new_empty(input, size)",
                    "x.newEmpty(shape)",
                    a -> a.tensor("input").newEmpty(a.shape("size"))),
            entry("zeros_like(input, *, dtype=None)", "x.zerosLike()", a -> like(a, Scalar.ZERO)),
            entry("ones_like(input, *, dtype=None)", "x.onesLike()", a -> like(a, Scalar.ONE)),
            entry(
                    "full_like(input, fill_value, *, dtype=None)",
                    "x.fullLike(value)",
                    a -> like(a, a.scalar("fill_value"))),
            entry("new_zeros(input, size, *, dtype=None)", "x.newZeros(shape)", a -> fresh(a, Scalar.ZERO)),
            entry("new_ones(input, size, *, dtype=None)", "x.newOnes(shape)", a -> fresh(a, Scalar.ONE)),
            entry(
                    "new_full(input, size, fill_value, *, dtype=None)",
                    "x.newFull(shape, value)",
                    a -> fresh(a, a.scalar("fill_value"))),
            entry(
                    "fill(input, value)",
                    "x.clone().fill_(value)",
                    a -> a.isTensor("value")
                            ? a.tensor("input").clone().fill_(a.tensor("value"))
                            : a.tensor("input").clone().fill_(a.scalar("value"))),
            entry(
                    "fill_(input, value)",
                    "x.fill_(value)",
                    a -> a.isTensor("value")
                            ? a.tensor("input").fill_(a.tensor("value"))
                            : a.tensor("input").fill_(a.scalar("value"))),
            unary("zero_", Tensor::zero_),
            entry("copy_(input, src)", "x.copy_(source)", a -> a.tensor("input").copy_(a.tensor("src"))),
            entry(
                    "arange(end, *, dtype=None)",
                    "Tensors.arange(end)",
                    a -> arange(a, Scalar.ZERO, a.scalar("end"), Scalar.ONE)),
            entry(
                    "arange(start, end, step=1, *, dtype=None)",
                    "Tensors.arange(start, end, step, dtype)",
                    a -> arange(a, a.scalar("start"), a.scalar("end"), a.scalar("step"))),
            entry(
                    "linspace(start, end, steps, *, dtype=None)",
                    "Tensors.linspace(start, end, steps, dtype)",
                    a -> Tensors.linspace(a.scalar("start"), a.scalar("end"), a.integer("steps"), spaced(a))),
            entry(
                    "logspace(start, end, steps: Int, base=10.0, *, dtype=None)",
                    "Tensors.logspace(start, end, steps, base, dtype)",
                    a -> Tensors.logspace(
                            a.scalar("start"), a.scalar("end"), a.integer("steps"), a.real("base"), spaced(a))),
            entry(
                    "eye(n, m=None, *, " + OPTIONS,
                    "Tensors.eye(n, m, dtype)",
                    a -> finish(
                            a,
                            Tensors.eye(
                                    a.integer("n"),
                                    a.has("m") ? a.integer("m") : a.integer("n"),
                                    a.dtype("dtype", Tensors.defaultDtype())))),
            entry(
                    "tril_indices(row, col, offset=0, *, dtype=None)",
                    "Tensors.trilIndices(rows, columns, offset)",
                    a -> Tensors.trilIndices(a.integer("row"), a.integer("col"), a.integer("offset"))
                            .to(a.dtype("dtype", DType.I64))),
            entry(
                    "triu_indices(row, col, offset=0, *, dtype=None)",
                    "Tensors.triuIndices(rows, columns, offset)",
                    a -> Tensors.triuIndices(a.integer("row"), a.integer("col"), a.integer("offset"))
                            .to(a.dtype("dtype", DType.I64))));

    private CreationCatalog() {}

    private static Tensor full(Arguments a, Scalar value) {
        DType dtype = a.dtype("dtype", Tensors.defaultDtype());
        return finish(a, Tensors.full(new Spec(a.shape("size"), dtype, Tensors.defaultDevice()), value));
    }

    private static Tensor finish(Arguments a, Tensor made) {
        return a.flag("requires_grad") ? made.requiresGrad(true) : made;
    }

    private static Tensor like(Arguments a, Scalar value) {
        Tensor x = a.tensor("input");
        return x.fullLike(value, a.dtype("dtype", x.dtype()));
    }

    private static Tensor fresh(Arguments a, Scalar value) {
        Tensor x = a.tensor("input");
        return x.newFull(a.shape("size"), value, a.dtype("dtype", x.dtype()));
    }

    private static Tensor arange(Arguments a, Scalar start, Scalar end, Scalar step) {
        return a.has("dtype") ? Tensors.arange(start, end, step, a.dtype("dtype")) : Tensors.arange(start, end, step);
    }

    private static DType spaced(Arguments a) {
        boolean complex = a.scalar("start").category() == DType.Category.COMPLEX
                || a.scalar("end").category() == DType.Category.COMPLEX;
        DType real = Tensors.defaultDtype();
        return a.dtype("dtype", complex ? real.toComplex() : real);
    }
}

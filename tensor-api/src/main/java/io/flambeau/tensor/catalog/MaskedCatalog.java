package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.Masked;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The family {@code torch.masked}. */
final class MaskedCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Masked tensors",
            reduction("sum", Masked::sum),
            reduction("prod", Masked::prod),
            reduction("amax", Masked::amax),
            reduction("amin", Masked::amin),
            reduction("mean", Masked::mean),
            reduction("logsumexp", Masked::logsumexp),
            position("argmax", Masked::argmax, Masked::argmax),
            position("argmin", Masked::argmin, Masked::argmin),
            entry(
                    "masked.median(input, dim=-1, *, keepdim=False, dtype=None, mask=None)",
                    "Masked.median(x, mask, axis, keep)",
                    a -> Masked.median(cast(a), mask(a), a.axis("dim"), a.flag("keepdim"))),
            entry(
                    "masked.norm(input, ord=2.0, dim=None, *, keepdim=False, dtype=None, mask=None)",
                    "Masked.norm(x, p, mask, keep, axes)",
                    a -> Masked.norm(cast(a), a.real("ord"), mask(a), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "masked.normalize(input, ord, dim, *, eps=1e-12, dtype=None, mask=None)",
                    "Masked.normalize(x, p, axis, eps, mask)",
                    a -> Masked.normalize(cast(a), a.real("ord"), a.axis("dim"), a.real("eps"), mask(a))),
            entry(
                    "masked.var(input, dim=None, unbiased=None, *, correction=None, keepdim=False, dtype=None,"
                            + " mask=None)",
                    "Masked.var(x, mask, correction, keep, axes)",
                    a -> Masked.var(cast(a), mask(a), correction(a), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "masked.std(input, dim=None, unbiased=None, *, correction=None, keepdim=False, dtype=None,"
                            + " mask=None)",
                    "Masked.std(x, mask, correction, keep, axes)",
                    a -> Masked.std(cast(a), mask(a), correction(a), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "masked.logaddexp(input, other, *, dtype=None, input_mask=None, other_mask=None)",
                    "Masked.logaddexp(x, y, xMask, yMask)",
                    a -> Masked.logaddexp(
                            cast(a),
                            a.tensor("other"),
                            a.optionalTensor("input_mask"),
                            a.optionalTensor("other_mask"))),
            along("cumsum", Masked::cumsum),
            along("cumprod", Masked::cumprod),
            along("softmax", Masked::softmax),
            along("log_softmax", Masked::logSoftmax),
            along("softmin", Masked::softmin));

    private MaskedCatalog() {}

    /** A reduction over some axes. */
    @FunctionalInterface
    private interface Reduction {
        Tensor of(Tensor x, @Nullable Tensor mask, boolean keep, int... axes);
    }

    /** A function along one axis. */
    @FunctionalInterface
    private interface Along {
        Tensor of(Tensor x, @Nullable Tensor mask, int axis);
    }

    /** The place of an element in all of a tensor. */
    @FunctionalInterface
    private interface Position {
        Tensor of(Tensor x, @Nullable Tensor mask);
    }

    /** The place of an element along one axis. */
    @FunctionalInterface
    private interface PositionAlong {
        Tensor of(Tensor x, @Nullable Tensor mask, int axis, boolean keep);
    }

    private static Entry reduction(String name, Reduction reduction) {
        return entry(
                "masked." + name + "(input, dim=None, *, keepdim=False, dtype=None, mask=None)",
                "Masked." + name + "(x, mask, keep, axes)",
                a -> reduction.of(cast(a), mask(a), a.flag("keepdim"), a.axes("dim")));
    }

    private static Entry position(String name, Position all, PositionAlong along) {
        return entry(
                "masked." + name + "(input, dim=None, *, keepdim=False, dtype=None, mask=None)",
                "Masked." + name + "(x, mask, axis, keep)",
                a -> a.has("dim")
                        ? along.of(cast(a), mask(a), a.axis("dim"), a.flag("keepdim"))
                        : all.of(cast(a), mask(a)));
    }

    private static Entry along(String name, Along function) {
        return entry(
                "masked." + name + "(input, dim, *, dtype=None, mask=None)",
                "Masked." + Entry.camel(name) + "(x, mask, axis)",
                a -> function.of(cast(a), mask(a), a.axis("dim")));
    }

    private static Tensor cast(Arguments a) {
        Tensor x = a.tensor("input");
        return x.to(a.dtype("dtype", x.dtype()));
    }

    private static @Nullable Tensor mask(Arguments a) {
        return a.optionalTensor("mask");
    }

    private static double correction(Arguments a) {
        return a.has("correction") ? a.real("correction") : !a.has("unbiased") || a.flag("unbiased") ? 1 : 0;
    }
}

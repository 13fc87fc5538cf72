package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Order statistics, histograms, covariances, differences and integrals. */
final class StatisticsCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Statistics",
            entry("median(input)", "x.median()", a -> a.tensor("input").median()),
            entry(
                    "median(input, dim, keepdim=False)",
                    "x.median(axis, keep)",
                    a -> a.tensor("input").median(a.axis("dim"), a.flag("keepdim"))),
            entry("nanmedian(input)", "x.nanmedian()", a -> a.tensor("input").nanmedian()),
            entry(
                    "nanmedian(input, dim, keepdim=False)",
                    "x.nanmedian(axis, keep)",
                    a -> a.tensor("input").nanmedian(a.axis("dim"), a.flag("keepdim"))),
            entry(
                    "kthvalue(input, k, dim=-1, keepdim=False)",
                    "x.kthvalue(k, axis, keep)",
                    a -> a.tensor("input").kthvalue(a.integer("k"), a.axis("dim"), a.flag("keepdim"))),
            entry(
                    "mode(input, dim=-1, keepdim=False)",
                    "x.mode(axis, keep)",
                    a -> a.tensor("input").mode(a.axis("dim"), a.flag("keepdim"))),
            entry(
                    "quantile(input, q, dim=None, keepdim=False, *, interpolation='linear')",
                    "x.quantile(q, axis, keep, interpolation)",
                    a -> a.tensor("input").quantile(q(a), axis(a), a.flag("keepdim"), a.text("interpolation"))),
            entry(
                    "nanquantile(input, q, dim=None, keepdim=False, *, interpolation='linear')",
                    "x.nanquantile(q, axis, keep, interpolation)",
                    a -> a.tensor("input").nanquantile(q(a), axis(a), a.flag("keepdim"), a.text("interpolation"))),
            entry(
                    "bincount(input, weights=None, minlength=0)",
                    "x.bincount(weights, minLength)",
                    a -> a.tensor("input").bincount(a.optionalTensor("weights"), a.integer("minlength"))),
            entry(
                    "histc(input, bins=100, min=0, max=0)",
                    "x.histc(bins, min, max)",
                    a -> a.tensor("input").histc(a.integer("bins"), a.real("min"), a.real("max"))),
            entry(
                    "histogram(input, bins, *, range=None, weight=None, density=False)",
                    "x.histogram(bins, range, weight, density)",
                    a -> a.isTensor("bins")
                            ? a.tensor("input")
                                    .histogram(a.tensor("bins"), a.optionalTensor("weight"), a.flag("density"))
                            : a.tensor("input")
                                    .histogram(
                                            a.integer("bins"),
                                            a.has("range") ? a.reals("range") : null,
                                            a.optionalTensor("weight"),
                                            a.flag("density"))),
            entry(
                    "histogramdd(input, bins, *, range=None, weight=None, density=False)",
                    "Tensors.histogramdd(points, bins, range, weight, density)",
                    StatisticsCatalog::histogramdd),
            entry(
                    "cov(input, *, correction=1, fweights=None, aweights=None)",
                    "x.cov(correction, fweights, aweights)",
                    a -> a.tensor("input")
                            .cov(a.integer("correction"), a.optionalTensor("fweights"), a.optionalTensor("aweights"))),
            entry("corrcoef(input)", "x.corrcoef()", a -> a.tensor("input").corrcoef()),
            entry(
                    "diff(input, n=1, dim=-1, prepend=None, append=None)",
                    "x.diff(n, axis, prepend, append)",
                    a -> a.tensor("input")
                            .diff(
                                    a.integer("n"),
                                    a.axis("dim"),
                                    a.optionalTensor("prepend"),
                                    a.optionalTensor("append"))),
            entry(
                    "dist(input, other, p=2)",
                    "x.dist(other, p)",
                    a -> a.tensor("input").dist(a.tensor("other"), a.real("p"))),
            entry(
                            "renorm(input, p, dim, maxnorm)",
                            "x.renorm(p, axis, limit)",
                            a -> a.tensor("input").renorm(a.real("p"), a.axis("dim"), a.real("maxnorm")))
                    .inPlace(a -> a.tensor("input").renorm_(a.real("p"), a.axis("dim"), a.real("maxnorm"))),
            trapezoid("trapezoid"),
            trapezoid("trapz"),
            entry(
                    "cumulative_trapezoid(y, x=None, *, dx=1.0, dim=-1)",
                    "y.cumulativeTrapezoid(x, axis)",
                    a -> a.has("x")
                            ? a.tensor("y").cumulativeTrapezoid(a.tensor("x"), a.axis("dim"))
                            : a.tensor("y").cumulativeTrapezoid(a.real("dx"), a.axis("dim"))),
            entry(
                    "gradient(input, *, spacing=None, dim=None, edge_order=1)",
                    "x.gradient(spacing, axes, edgeOrder)",
                    a -> gradient(a)));

    private StatisticsCatalog() {}

    private static Entry trapezoid(String name) {
        return entry(
                name + "(y, x=None, *, dx=1.0, dim=-1)",
                "y.trapezoid(x, axis)",
                a -> a.has("x")
                        ? a.tensor("y").trapezoid(a.tensor("x"), a.axis("dim"))
                        : a.tensor("y").trapezoid(a.real("dx"), a.axis("dim")));
    }

    private static Tensor q(Arguments a) {
        return a.isTensor("q")
                ? a.tensor("q")
                : Tensors.full(a.tensor("input").spec().with(Shape.SCALAR), Scalar.of(a.real("q")));
    }

    private static @Nullable Integer axis(Arguments a) {
        return a.has("dim") ? (Integer) a.axis("dim") : null;
    }

    private static List<Object> histogramdd(Arguments a) {
        Tensor x = a.tensor("input");
        boolean edges = !a.list("bins").isEmpty() && a.list("bins").getFirst() instanceof Tensor;
        Tensor weight = a.optionalTensor("weight");
        Tensor[] found = edges
                ? Tensors.histogramdd(x, a.tensors("bins"), weight, a.flag("density"))
                : Tensors.histogramdd(
                        x, a.sizes("bins"), a.has("range") ? a.reals("range") : null, weight, a.flag("density"));
        return List.of(found[0], Arrays.asList(found).subList(1, found.length));
    }

    private static Tensor[] gradient(Arguments a) {
        Tensor x = a.tensor("input");
        int[] axes = a.axes("dim");
        int edge = a.axis("edge_order");
        if (a.isList("spacing") && a.list("spacing").stream().allMatch(s -> s instanceof Tensor)) {
            return x.gradient(a.tensors("spacing"), axes, edge);
        }
        double[] spacing = a.has("spacing") ? a.reals("spacing") : new double[] {1};
        if (a.isList("spacing") && spacing.length != (a.has("dim") ? axes.length : x.rank())) {
            throw a.wrong("spacing", "one number for each axis", a.value("spacing"));
        }
        return x.gradient(spacing, axes, edge);
    }
}

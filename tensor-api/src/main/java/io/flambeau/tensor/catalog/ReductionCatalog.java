package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import java.util.Arrays;

/** Reductions and running reductions along axes. */
final class ReductionCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Reductions",
            entry(
                    "sum(input, dim=None, keepdim=False, *, dtype=None)",
                    "x.sum(keep, axes)",
                    a -> kept(a, typed(a).sum(a.flag("keepdim"), a.axes("dim")))),
            entry(
                    "nansum(input, dim=None, keepdim=False, *, dtype=None)",
                    "x.nansum(keep, axes)",
                    a -> kept(a, typed(a).nansum(a.flag("keepdim"), a.axes("dim")))),
            entry(
                    "prod(input, dim: Int, keepdim=False, *, dtype=None)",
                    "x.prod(keep, axes)",
                    a -> kept(a, typed(a).prod(a.flag("keepdim"), a.axis("dim")))),
            entry("prod(input, *, dtype=None)", "x.prod()", a -> kept(a, typed(a).prod())),
            entry(
                    "mean(input, dim=None, keepdim=False, *, dtype=None)",
                    "x.mean(keep, axes)",
                    a -> typed(a).mean(a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "nanmean(input, dim=None, keepdim=False, *, dtype=None)",
                    "x.nanmean(keep, axes)",
                    a -> typed(a).nanmean(a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "amax(input, dim=(), keepdim=False)",
                    "x.amax(keep, axes)",
                    a -> a.tensor("input").amax(a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "amin(input, dim=(), keepdim=False)",
                    "x.amin(keep, axes)",
                    a -> a.tensor("input").amin(a.flag("keepdim"), a.axes("dim"))),
            entry("aminmax(input, *, dim=None, keepdim=False)", "x.aminmax(axis, keep)", ReductionCatalog::aminmax),
            entry("max(input)", "x.max()", a -> a.tensor("input").max()),
            entry(
                    "max(input, dim: Int, keepdim=False)",
                    "x.max(axis, keep)",
                    a -> a.tensor("input").max(a.axis("dim"), a.flag("keepdim"))),
            entry("min(input)", "x.min()", a -> a.tensor("input").min()),
            entry(
                    "min(input, dim: Int, keepdim=False)",
                    "x.min(axis, keep)",
                    a -> a.tensor("input").min(a.axis("dim"), a.flag("keepdim"))),
            entry("argmax(input, dim=None, keepdim=False)", "x.argmax(axis, keep)", a -> arg(a, true)),
            entry("argmin(input, dim=None, keepdim=False)", "x.argmin(axis, keep)", a -> arg(a, false)),
            entry(
                    "all(input, dim=None, keepdim=False)",
                    "x.all(keep, axes)",
                    a -> a.tensor("input").all(a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "any(input, dim=None, keepdim=False)",
                    "x.any(keep, axes)",
                    a -> a.tensor("input").any(a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "count_nonzero(input, dim=None)",
                    "x.countNonzero(axes)",
                    a -> a.tensor("input").countNonzero(a.axes("dim"))),
            entry(
                    "var(input, unbiased: Bool)",
                    "x.var(1, false)",
                    a -> a.tensor("input").var(unbiased(a), false)),
            entry(
                    "var(input, dim=None, unbiased=None, keepdim=False, *, correction=1)",
                    "x.var(correction, keep, axes)",
                    a -> a.tensor("input").var(correction(a), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "std(input, unbiased: Bool)",
                    "x.std(1, false)",
                    a -> a.tensor("input").std(unbiased(a), false)),
            entry(
                    "std(input, dim=None, unbiased=None, keepdim=False, *, correction=1)",
                    "x.std(correction, keep, axes)",
                    a -> a.tensor("input").std(correction(a), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "var_mean(input, unbiased: Bool)",
                    "x.varMean(1, false)",
                    a -> a.tensor("input").varMean(unbiased(a), false)),
            entry(
                    "var_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1)",
                    "x.varMean(correction, keep, axes)",
                    a -> a.tensor("input").varMean(correction(a), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "std_mean(input, unbiased: Bool)",
                    "x.stdMean(1, false)",
                    a -> a.tensor("input").stdMean(unbiased(a), false)),
            entry(
                    "std_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1)",
                    "x.stdMean(correction, keep, axes)",
                    a -> a.tensor("input").stdMean(correction(a), a.flag("keepdim"), a.axes("dim"))),
            entry(
                    "logsumexp(input, dim, keepdim=False)",
                    "x.logsumexp(keep, axes)",
                    a -> a.tensor("input").logsumexp(a.flag("keepdim"), a.axes("dim"))),
            entry("softmax(input, dim, dtype=None)", "x.softmax(axis)", a -> typed(a).softmax(a.axis("dim"))),
            entry("log_softmax(input, dim, dtype=None)", "x.logSoftmax(axis)", a -> typed(a).logSoftmax(a.axis("dim"))),
            entry("cumsum(input, dim, *, dtype=None)", "x.cumsum(axis)", a -> kept(a, typed(a).cumsum(a.axis("dim")))),
            entry(
                    "cumprod(input, dim, *, dtype=None)",
                    "x.cumprod(axis)",
                    a -> kept(a, typed(a).cumprod(a.axis("dim")))),
            entry(
                    "cumsum_(input, dim)",
                    "x.cumsum_(axis)",
                    a -> a.tensor("input").cumsum_(a.axis("dim"))),
            entry(
                    "cumprod_(input, dim)",
                    "x.cumprod_(axis)",
                    a -> a.tensor("input").cumprod_(a.axis("dim"))),
            entry("cummax(input, dim)", "x.cummax(axis)", a -> a.tensor("input").cummax(a.axis("dim"))),
            entry("cummin(input, dim)", "x.cummin(axis)", a -> a.tensor("input").cummin(a.axis("dim"))),
            entry(
                    "logcumsumexp(input, dim)",
                    "x.logcumsumexp(axis)",
                    a -> a.tensor("input").logcumsumexp(a.axis("dim"))));

    private ReductionCatalog() {}

    /** The input in the dtype that the call asks for. */
    private static Tensor typed(Arguments a) {
        Tensor x = a.tensor("input");
        DType dtype = a.dtype("dtype", x.dtype());
        return x.to(dtype);
    }

    /** The result in the dtype that the call asks for. */
    private static Tensor kept(Arguments a, Tensor result) {
        return result.to(a.dtype("dtype", result.dtype()));
    }

    private static double unbiased(Arguments a) {
        return a.flag("unbiased") ? 1 : 0;
    }

    static double correction(Arguments a) {
        if (a.has("unbiased")) {
            return unbiased(a);
        }
        return a.has("correction") ? a.real("correction") : 1;
    }

    private static Tensor[] aminmax(Arguments a) {
        Tensor x = a.tensor("input");
        if (a.has("dim")) {
            return x.aminmax(a.axis("dim"), a.flag("keepdim"));
        }
        Tensor[] both = x.aminmax();
        if (!a.flag("keepdim")) {
            return both;
        }
        long[] kept = new long[x.rank()];
        Arrays.fill(kept, 1);
        return new Tensor[] {both[0].reshape(kept), both[1].reshape(kept)};
    }

    private static Tensor arg(Arguments a, boolean max) {
        Tensor x = a.tensor("input");
        if (a.has("dim")) {
            return max ? x.argmax(a.axis("dim"), a.flag("keepdim")) : x.argmin(a.axis("dim"), a.flag("keepdim"));
        }
        Tensor index = max ? x.argmax() : x.argmin();
        return a.flag("keepdim") ? index.reshape(x.amax(true).shape()) : index;
    }
}

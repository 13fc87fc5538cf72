package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.Values.entry;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Catalog;
import java.util.List;

/** Pooling. */
final class PoolCatalog {
    private static final String MAX =
            "(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)";
    private static final String AVG = "(input, kernel_size, stride=None, padding=0, ceil_mode=False,"
            + " count_include_pad=True, divisor_override=None)";
    private static final String LP = "(input, norm_type, kernel_size, stride=None, ceil_mode=False)";
    private static final String UNPOOL = "(input, indices, kernel_size, stride=None, padding=0, output_size=None)";
    private static final String FRACTIONAL = "(input, kernel_size, output_size=None, output_ratio=None,"
            + " return_indices=False, _random_samples=None)";

    static final Catalog CATALOG = Catalog.of(
            "Pooling",
            entry(
                    "max_pool1d" + MAX,
                    "maxPool1d(x, options)",
                    a -> either(a, F.maxPool1dWithIndices(a.tensor("input"), max(a)))),
            entry(
                    "max_pool2d" + MAX,
                    "maxPool2d(x, options)",
                    a -> either(a, F.maxPool2dWithIndices(a.tensor("input"), max(a)))),
            entry(
                    "max_pool3d" + MAX,
                    "maxPool3d(x, options)",
                    a -> either(a, F.maxPool3dWithIndices(a.tensor("input"), max(a)))),
            entry("avg_pool1d" + AVG, "avgPool1d(x, options)", a -> F.avgPool1d(a.tensor("input"), avg(a))),
            entry("avg_pool2d" + AVG, "avgPool2d(x, options)", a -> F.avgPool2d(a.tensor("input"), avg(a))),
            entry("avg_pool3d" + AVG, "avgPool3d(x, options)", a -> F.avgPool3d(a.tensor("input"), avg(a))),
            entry(
                    "lp_pool1d" + LP,
                    "lpPool1d(x, p, options)",
                    a -> F.lpPool1d(a.tensor("input"), a.real("norm_type"), lp(a))),
            entry(
                    "lp_pool2d" + LP,
                    "lpPool2d(x, p, options)",
                    a -> F.lpPool2d(a.tensor("input"), a.real("norm_type"), lp(a))),
            entry(
                    "lp_pool3d" + LP,
                    "lpPool3d(x, p, options)",
                    a -> F.lpPool3d(a.tensor("input"), a.real("norm_type"), lp(a))),
            entry(
                    "adaptive_avg_pool1d(input, output_size)",
                    "adaptiveAvgPool1d(x, size)",
                    a -> F.adaptiveAvgPool1d(a.tensor("input"), single(a))),
            entry(
                    "adaptive_avg_pool2d(input, output_size)",
                    "adaptiveAvgPool2d(x, sizes)",
                    a -> F.adaptiveAvgPool2d(a.tensor("input"), outputs(a))),
            entry(
                    "adaptive_avg_pool3d(input, output_size)",
                    "adaptiveAvgPool3d(x, sizes)",
                    a -> F.adaptiveAvgPool3d(a.tensor("input"), outputs(a))),
            entry(
                    "adaptive_max_pool1d(input, output_size, return_indices=False)",
                    "adaptiveMaxPool1d(x, size)",
                    a -> either(a, F.adaptiveMaxPool1dWithIndices(a.tensor("input"), single(a)))),
            entry(
                    "adaptive_max_pool2d(input, output_size, return_indices=False)",
                    "adaptiveMaxPool2d(x, sizes)",
                    a -> either(a, F.adaptiveMaxPool2dWithIndices(a.tensor("input"), outputs(a)))),
            entry(
                    "adaptive_max_pool3d(input, output_size, return_indices=False)",
                    "adaptiveMaxPool3d(x, sizes)",
                    a -> either(a, F.adaptiveMaxPool3dWithIndices(a.tensor("input"), outputs(a)))),
            entry(
                    "fractional_max_pool2d" + FRACTIONAL,
                    "fractionalMaxPool2dWithIndices(x, kernel, sizes)",
                    a -> either(
                            a,
                            a.has("_random_samples")
                                    ? F.fractionalMaxPool2dWithIndices(
                                            a.tensor("input"),
                                            a.sizes("kernel_size"),
                                            fractions(a, 2),
                                            a.tensor("_random_samples"))
                                    : F.fractionalMaxPool2dWithIndices(
                                            a.tensor("input"), a.sizes("kernel_size"), fractions(a, 2)))),
            entry(
                    "fractional_max_pool3d" + FRACTIONAL,
                    "fractionalMaxPool3dWithIndices(x, kernel, sizes)",
                    a -> either(
                            a,
                            a.has("_random_samples")
                                    ? F.fractionalMaxPool3dWithIndices(
                                            a.tensor("input"),
                                            a.sizes("kernel_size"),
                                            fractions(a, 3),
                                            a.tensor("_random_samples"))
                                    : F.fractionalMaxPool3dWithIndices(
                                            a.tensor("input"), a.sizes("kernel_size"), fractions(a, 3)))),
            entry(
                    "max_unpool1d" + UNPOOL,
                    "maxUnpool1d(x, indices, options, size)",
                    a -> F.maxUnpool1d(a.tensor("input"), a.tensor("indices"), windows(a), a.sizes("output_size"))),
            entry(
                    "max_unpool2d" + UNPOOL,
                    "maxUnpool2d(x, indices, options, size)",
                    a -> F.maxUnpool2d(a.tensor("input"), a.tensor("indices"), windows(a), a.sizes("output_size"))),
            entry(
                    "max_unpool3d" + UNPOOL,
                    "maxUnpool3d(x, indices, options, size)",
                    a -> F.maxUnpool3d(a.tensor("input"), a.tensor("indices"), windows(a), a.sizes("output_size"))));

    private PoolCatalog() {}

    private static Object either(Arguments a, Tensor[] out) {
        return a.flag("return_indices") ? out : out[0];
    }

    static MaxPoolOptions windows(Arguments a) {
        return MaxPoolOptions.kernel(a.sizes("kernel_size"))
                .stride(a.sizes("stride"))
                .padding(a.sizes("padding"));
    }

    static MaxPoolOptions max(Arguments a) {
        return windows(a).dilation(a.sizes("dilation")).ceilMode(a.flag("ceil_mode"));
    }

    static AvgPoolOptions lp(Arguments a) {
        return AvgPoolOptions.kernel(a.sizes("kernel_size"))
                .stride(a.sizes("stride"))
                .ceilMode(a.flag("ceil_mode"));
    }

    static AvgPoolOptions avg(Arguments a) {
        return lp(a).padding(a.sizes("padding"))
                .countIncludePad(a.flag("count_include_pad"))
                .divisorOverride(Values.optionalInteger(a, "divisor_override"));
    }

    private static long single(Arguments a) {
        long[] sizes = outputs(a);
        if (sizes.length != 1) {
            throw a.wrong("output_size", "one integer", a.value("output_size"));
        }
        return sizes[0];
    }

    /** The sizes; None keeps that of the input. */
    private static long[] outputs(Arguments a) {
        if (!(a.value("output_size") instanceof List<?> list) || !list.contains(null)) {
            return a.sizes("output_size");
        }
        Tensor x = a.tensor("input");
        long[] sizes = new long[list.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = list.get(i) instanceof Long size ? size : x.size(x.rank() - sizes.length + i);
        }
        return sizes;
    }

    private static long[] fractions(Arguments a, int axes) {
        if (!a.has("output_ratio")) {
            return a.sizes("output_size");
        }
        double[] ratios = a.reals("output_ratio");
        Tensor x = a.tensor("input");
        long[] sizes = new long[axes];
        for (int i = 0; i < axes; i++) {
            sizes[i] = (long) (x.size(x.rank() - axes + i) * ratios[ratios.length == 1 ? 0 : i]);
        }
        return sizes;
    }
}

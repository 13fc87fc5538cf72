package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;
import static io.flambeau.nn.catalog.ModuleEntry.pool;

import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.nn.layer.AdaptiveAvgPool1d;
import io.flambeau.nn.layer.AdaptiveAvgPool2d;
import io.flambeau.nn.layer.AdaptiveAvgPool3d;
import io.flambeau.nn.layer.AdaptiveMaxPool1d;
import io.flambeau.nn.layer.AdaptiveMaxPool2d;
import io.flambeau.nn.layer.AdaptiveMaxPool3d;
import io.flambeau.nn.layer.AvgPool1d;
import io.flambeau.nn.layer.AvgPool2d;
import io.flambeau.nn.layer.AvgPool3d;
import io.flambeau.nn.layer.FractionalMaxPool2d;
import io.flambeau.nn.layer.FractionalMaxPool3d;
import io.flambeau.nn.layer.LPPool1d;
import io.flambeau.nn.layer.LPPool2d;
import io.flambeau.nn.layer.LPPool3d;
import io.flambeau.nn.layer.MaxPool1d;
import io.flambeau.nn.layer.MaxPool2d;
import io.flambeau.nn.layer.MaxPool3d;
import io.flambeau.nn.layer.MaxUnpool1d;
import io.flambeau.nn.layer.MaxUnpool2d;
import io.flambeau.nn.layer.MaxUnpool3d;
import io.flambeau.tensor.catalog.Arguments;
import java.util.Arrays;
import java.util.List;

/** Pools. */
final class PoolModules {
    private static final String MAX =
            "(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)";
    private static final String AVG1 = "(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True)";
    private static final String AVG = "(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True,"
            + " divisor_override=None)";
    private static final String LP = "(norm_type, kernel_size, stride=None, ceil_mode=False)";
    private static final String FRACTIONAL = "(kernel_size, output_size=None, output_ratio=None, return_indices=False)";

    static final List<ModuleEntry> ENTRIES = List.of(
            pool(
                    "MaxPool1d" + MAX,
                    "new MaxPool1d(options)",
                    a -> new MaxPool1d(PoolCatalog.max(a)),
                    MaxPool1d::callWithIndices),
            pool(
                    "MaxPool2d" + MAX,
                    "new MaxPool2d(options)",
                    a -> new MaxPool2d(PoolCatalog.max(a)),
                    MaxPool2d::callWithIndices),
            pool(
                    "MaxPool3d" + MAX,
                    "new MaxPool3d(options)",
                    a -> new MaxPool3d(PoolCatalog.max(a)),
                    MaxPool3d::callWithIndices),
            module("AvgPool1d" + AVG1, "new AvgPool1d(options)", a -> new AvgPool1d(line(a))),
            module("AvgPool2d" + AVG, "new AvgPool2d(options)", a -> new AvgPool2d(PoolCatalog.avg(a))),
            module("AvgPool3d" + AVG, "new AvgPool3d(options)", a -> new AvgPool3d(PoolCatalog.avg(a))),
            module(
                    "LPPool1d" + LP,
                    "new LPPool1d(p, options)",
                    a -> new LPPool1d(a.real("norm_type"), PoolCatalog.lp(a))),
            module(
                    "LPPool2d" + LP,
                    "new LPPool2d(p, options)",
                    a -> new LPPool2d(a.real("norm_type"), PoolCatalog.lp(a))),
            module(
                    "LPPool3d" + LP,
                    "new LPPool3d(p, options)",
                    a -> new LPPool3d(a.real("norm_type"), PoolCatalog.lp(a))),
            module(
                    "AdaptiveAvgPool1d(output_size)",
                    "new AdaptiveAvgPool1d(size)",
                    a -> new AdaptiveAvgPool1d(sizes(a)[0])),
            module(
                    "AdaptiveAvgPool2d(output_size)",
                    "new AdaptiveAvgPool2d(size)",
                    a -> new AdaptiveAvgPool2d(sizes(a))),
            module(
                    "AdaptiveAvgPool3d(output_size)",
                    "new AdaptiveAvgPool3d(size)",
                    a -> new AdaptiveAvgPool3d(sizes(a))),
            pool(
                    "AdaptiveMaxPool1d(output_size, return_indices=False)",
                    "new AdaptiveMaxPool1d(size)",
                    a -> new AdaptiveMaxPool1d(sizes(a)[0]),
                    AdaptiveMaxPool1d::callWithIndices),
            pool(
                    "AdaptiveMaxPool2d(output_size, return_indices=False)",
                    "new AdaptiveMaxPool2d(size)",
                    a -> new AdaptiveMaxPool2d(sizes(a)),
                    AdaptiveMaxPool2d::callWithIndices),
            pool(
                    "AdaptiveMaxPool3d(output_size, return_indices=False)",
                    "new AdaptiveMaxPool3d(size)",
                    a -> new AdaptiveMaxPool3d(sizes(a)),
                    AdaptiveMaxPool3d::callWithIndices),
            pool(
                    "FractionalMaxPool2d" + FRACTIONAL,
                    "new FractionalMaxPool2d(kernel, sizes)",
                    a -> a.has("output_ratio")
                            ? new FractionalMaxPool2d(a.sizes("kernel_size"), spread(a, 2))
                            : new FractionalMaxPool2d(a.sizes("kernel_size"), a.sizes("output_size")),
                    FractionalMaxPool2d::callWithIndices),
            pool(
                    "FractionalMaxPool3d" + FRACTIONAL,
                    "new FractionalMaxPool3d(kernel, sizes)",
                    a -> a.has("output_ratio")
                            ? new FractionalMaxPool3d(a.sizes("kernel_size"), spread(a, 3))
                            : new FractionalMaxPool3d(a.sizes("kernel_size"), a.sizes("output_size")),
                    FractionalMaxPool3d::callWithIndices),
            module(
                    "MaxUnpool1d(kernel_size, stride=None, padding=0)",
                    "new MaxUnpool1d(options)",
                    a -> new MaxUnpool1d(PoolCatalog.windows(a)),
                    "forward(input, indices, output_size=None)",
                    (m, a) -> m.call(a.tensor("input"), a.tensor("indices"), a.sizes("output_size"))),
            module(
                    "MaxUnpool2d(kernel_size, stride=None, padding=0)",
                    "new MaxUnpool2d(options)",
                    a -> new MaxUnpool2d(PoolCatalog.windows(a)),
                    "forward(input, indices, output_size=None)",
                    (m, a) -> m.call(a.tensor("input"), a.tensor("indices"), a.sizes("output_size"))),
            module(
                    "MaxUnpool3d(kernel_size, stride=None, padding=0)",
                    "new MaxUnpool3d(options)",
                    a -> new MaxUnpool3d(PoolCatalog.windows(a)),
                    "forward(input, indices, output_size=None)",
                    (m, a) -> m.call(a.tensor("input"), a.tensor("indices"), a.sizes("output_size"))));

    private PoolModules() {}

    private static AvgPoolOptions line(Arguments a) {
        return PoolCatalog.lp(a).padding(a.sizes("padding")).countIncludePad(a.flag("count_include_pad"));
    }

    /** The sizes; None, which keeps that of the input, is -1. */
    private static long[] sizes(Arguments a) {
        if (!(a.value("output_size") instanceof List<?> list)) {
            return new long[] {a.has("output_size") ? a.integer("output_size") : -1};
        }
        return list.stream()
                .mapToLong(size -> size instanceof Long given ? given : -1)
                .toArray();
    }

    private static double[] spread(Arguments a, int axes) {
        double[] ratios = a.reals("output_ratio");
        if (ratios.length == axes) {
            return ratios;
        }
        double[] all = new double[axes];
        Arrays.fill(all, ratios[0]);
        return all;
    }
}

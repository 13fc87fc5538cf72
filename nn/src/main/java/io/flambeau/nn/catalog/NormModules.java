package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.functional.NormOptions;
import io.flambeau.nn.layer.BatchNorm1d;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.BatchNorm3d;
import io.flambeau.nn.layer.GroupNorm;
import io.flambeau.nn.layer.InstanceNorm1d;
import io.flambeau.nn.layer.InstanceNorm2d;
import io.flambeau.nn.layer.InstanceNorm3d;
import io.flambeau.nn.layer.LayerNorm;
import io.flambeau.nn.layer.LocalResponseNorm;
import io.flambeau.nn.layer.RMSNorm;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.catalog.Arguments;
import java.util.List;

/** Normalisations. */
final class NormModules {
    private static final String BATCH =
            "(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, *, bias=True)";
    private static final String INSTANCE =
            "(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, *, bias=True)";

    static final List<ModuleEntry> ENTRIES = List.of(
            module(
                    "BatchNorm1d" + BATCH,
                    "new BatchNorm1d(channels, options)",
                    a -> new BatchNorm1d(a.integer("num_features"), running(a))),
            module(
                    "BatchNorm2d" + BATCH,
                    "new BatchNorm2d(channels, options)",
                    a -> new BatchNorm2d(a.integer("num_features"), running(a))),
            module(
                    "BatchNorm3d" + BATCH,
                    "new BatchNorm3d(channels, options)",
                    a -> new BatchNorm3d(a.integer("num_features"), running(a))),
            module(
                    "InstanceNorm1d" + INSTANCE,
                    "new InstanceNorm1d(channels, options)",
                    a -> new InstanceNorm1d(a.integer("num_features"), running(a))),
            module(
                    "InstanceNorm2d" + INSTANCE,
                    "new InstanceNorm2d(channels, options)",
                    a -> new InstanceNorm2d(a.integer("num_features"), running(a))),
            module(
                    "InstanceNorm3d" + INSTANCE,
                    "new InstanceNorm3d(channels, options)",
                    a -> new InstanceNorm3d(a.integer("num_features"), running(a))),
            module(
                    "GroupNorm(num_groups, num_channels, eps=1e-05, affine=True, *, bias=True)",
                    "new GroupNorm(groups, channels, eps, affine, withBias)",
                    a -> new GroupNorm(
                            a.integer("num_groups"),
                            a.integer("num_channels"),
                            a.real("eps"),
                            a.flag("affine"),
                            a.flag("bias"))),
            module(
                    "LayerNorm(normalized_shape, eps=1e-05, elementwise_affine=True, bias=True)",
                    "new LayerNorm(shape, eps, affine, withBias)",
                    a -> new LayerNorm(
                            Shape.of(a.sizes("normalized_shape")),
                            a.real("eps"),
                            a.flag("elementwise_affine"),
                            a.flag("bias"))),
            module(
                    "RMSNorm(normalized_shape, eps=None, elementwise_affine=True)",
                    "new RMSNorm(shape, eps, affine)",
                    a -> new RMSNorm(
                            Shape.of(a.sizes("normalized_shape")),
                            Values.optionalReal(a, "eps"),
                            a.flag("elementwise_affine"))),
            module(
                    "LocalResponseNorm(size, alpha=0.0001, beta=0.75, k=1.0)",
                    "new LocalResponseNorm(size, alpha, beta, k)",
                    a -> new LocalResponseNorm(a.integer("size"), a.real("alpha"), a.real("beta"), a.real("k"))));

    private NormModules() {}

    private static NormOptions running(Arguments a) {
        return new NormOptions(
                a.real("eps"),
                Values.optionalReal(a, "momentum"),
                a.flag("affine"),
                a.flag("bias"),
                a.flag("track_running_stats"));
    }
}

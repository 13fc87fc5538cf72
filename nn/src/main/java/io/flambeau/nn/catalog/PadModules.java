package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.layer.CircularPad1d;
import io.flambeau.nn.layer.CircularPad2d;
import io.flambeau.nn.layer.CircularPad3d;
import io.flambeau.nn.layer.ConstantPad1d;
import io.flambeau.nn.layer.ConstantPad2d;
import io.flambeau.nn.layer.ConstantPad3d;
import io.flambeau.nn.layer.ReflectionPad1d;
import io.flambeau.nn.layer.ReflectionPad2d;
import io.flambeau.nn.layer.ReflectionPad3d;
import io.flambeau.nn.layer.ReplicationPad1d;
import io.flambeau.nn.layer.ReplicationPad2d;
import io.flambeau.nn.layer.ReplicationPad3d;
import io.flambeau.nn.layer.ZeroPad1d;
import io.flambeau.nn.layer.ZeroPad2d;
import io.flambeau.nn.layer.ZeroPad3d;
import java.util.List;

/** Borders. */
final class PadModules {
    static final List<ModuleEntry> ENTRIES = List.of(
            module("ZeroPad1d(padding)", "new ZeroPad1d(widths)", a -> new ZeroPad1d(a.sizes("padding"))),
            module("ZeroPad2d(padding)", "new ZeroPad2d(widths)", a -> new ZeroPad2d(a.sizes("padding"))),
            module("ZeroPad3d(padding)", "new ZeroPad3d(widths)", a -> new ZeroPad3d(a.sizes("padding"))),
            module(
                    "ReflectionPad1d(padding)",
                    "new ReflectionPad1d(widths)",
                    a -> new ReflectionPad1d(a.sizes("padding"))),
            module(
                    "ReflectionPad2d(padding)",
                    "new ReflectionPad2d(widths)",
                    a -> new ReflectionPad2d(a.sizes("padding"))),
            module(
                    "ReflectionPad3d(padding)",
                    "new ReflectionPad3d(widths)",
                    a -> new ReflectionPad3d(a.sizes("padding"))),
            module(
                    "ReplicationPad1d(padding)",
                    "new ReplicationPad1d(widths)",
                    a -> new ReplicationPad1d(a.sizes("padding"))),
            module(
                    "ReplicationPad2d(padding)",
                    "new ReplicationPad2d(widths)",
                    a -> new ReplicationPad2d(a.sizes("padding"))),
            module(
                    "ReplicationPad3d(padding)",
                    "new ReplicationPad3d(widths)",
                    a -> new ReplicationPad3d(a.sizes("padding"))),
            module("CircularPad1d(padding)", "new CircularPad1d(widths)", a -> new CircularPad1d(a.sizes("padding"))),
            module("CircularPad2d(padding)", "new CircularPad2d(widths)", a -> new CircularPad2d(a.sizes("padding"))),
            module("CircularPad3d(padding)", "new CircularPad3d(widths)", a -> new CircularPad3d(a.sizes("padding"))),
            module(
                    "ConstantPad1d(padding, value)",
                    "new ConstantPad1d(value, widths)",
                    a -> new ConstantPad1d(a.real("value"), a.sizes("padding"))),
            module(
                    "ConstantPad2d(padding, value)",
                    "new ConstantPad2d(value, widths)",
                    a -> new ConstantPad2d(a.real("value"), a.sizes("padding"))),
            module(
                    "ConstantPad3d(padding, value)",
                    "new ConstantPad3d(value, widths)",
                    a -> new ConstantPad3d(a.real("value"), a.sizes("padding"))));

    private PadModules() {}
}

package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.Values.entry;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.InterpolateOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Catalog;
import io.flambeau.tensor.op.vision.GridSample;
import org.jspecify.annotations.Nullable;

/** Padding, sampling and rearranging of images. */
final class ImageCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Images",
            entry(
                    "pad(input, pad, mode='constant', value=None)",
                    "pad(x, widths, mode, value)",
                    a -> F.pad(
                            a.tensor("input"),
                            a.sizes("pad"),
                            Values.constant(PadMode.class, "pad", "mode", a.text("mode")),
                            a.has("value") ? a.scalar("value") : Scalar.ZERO)),
            entry(
                    "interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None,"
                            + " recompute_scale_factor=None, antialias=False)",
                    "interpolate(x, options)",
                    a -> F.interpolate(a.tensor("input"), options(a, a.text("mode")))),
            entry(
                    "upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None)",
                    "interpolate(x, options)",
                    a -> F.interpolate(
                            a.tensor("input"),
                            sized(a).mode(mode(a.text("mode"))).alignCorners(align(a)))),
            entry(
                    "upsample_nearest(input, size=None, scale_factor=None)",
                    "upsampleNearest(x, size)",
                    a -> F.interpolate(a.tensor("input"), sized(a))),
            entry(
                    "upsample_bilinear(input, size=None, scale_factor=None)",
                    "upsampleBilinear(x, size)",
                    a -> F.interpolate(
                            a.tensor("input"),
                            sized(a).mode(InterpolateOptions.Mode.BILINEAR).alignCorners(true))),
            entry(
                    "grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)",
                    "gridSample(x, grid, mode, border, alignCorners)",
                    a -> F.gridSample(
                            a.tensor("input"),
                            a.tensor("grid"),
                            gridMode(a.text("mode")),
                            Values.constant(
                                    GridSample.Border.class, "gridSample", "paddingMode", a.text("padding_mode")),
                            Boolean.TRUE.equals(align(a)))),
            entry(
                    "affine_grid(theta, size, align_corners=None)",
                    "affineGrid(theta, size, alignCorners)",
                    a -> F.affineGrid(a.tensor("theta"), a.sizes("size"), Boolean.TRUE.equals(align(a)))),
            entry(
                    "pixel_shuffle(input, upscale_factor)",
                    "pixelShuffle(x, factor)",
                    a -> F.pixelShuffle(a.tensor("input"), a.integer("upscale_factor"))),
            entry(
                    "pixel_unshuffle(input, downscale_factor)",
                    "pixelUnshuffle(x, factor)",
                    a -> F.pixelUnshuffle(a.tensor("input"), a.integer("downscale_factor"))),
            entry(
                    "channel_shuffle(input, groups)",
                    "channelShuffle(x, groups)",
                    a -> F.channelShuffle(a.tensor("input"), a.integer("groups"))),
            entry(
                    "unfold(input, kernel_size, dilation=1, padding=0, stride=1)",
                    "unfold(x, kernel, options)",
                    a -> F.unfold(a.tensor("input"), a.sizes("kernel_size"), windows(a))),
            entry(
                    "fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)",
                    "fold(x, outputSize, kernel, options)",
                    a -> F.fold(a.tensor("input"), a.sizes("output_size"), a.sizes("kernel_size"), windows(a))));

    private ImageCatalog() {}

    static ConvOptions windows(Arguments a) {
        return ConvOptions.options()
                .stride(a.sizes("stride"))
                .padding(a.sizes("padding"))
                .dilation(a.sizes("dilation"));
    }

    static InterpolateOptions sized(Arguments a) {
        return a.has("size")
                ? InterpolateOptions.size(a.sizes("size"))
                : a.has("scale_factor")
                        ? InterpolateOptions.scale(a.reals("scale_factor"))
                        : InterpolateOptions.size(new long[0]);
    }

    private static InterpolateOptions options(Arguments a, String mode) {
        if (a.has("size") && a.has("scale_factor")) {
            throw new ArgumentException("interpolate", "size and scaleFactor exclude each other", Fault.BAD_ARGUMENT);
        }
        return sized(a).mode(mode(mode))
                .alignCorners(align(a))
                .recomputeScale(a.has("recompute_scale_factor") && a.flag("recompute_scale_factor"))
                .antialias(a.flag("antialias"));
    }

    static @Nullable Boolean align(Arguments a) {
        return a.has("align_corners") ? a.flag("align_corners") : null;
    }

    static InterpolateOptions.Mode mode(String text) {
        return Values.constant(InterpolateOptions.Mode.class, "interpolate", "mode", text);
    }

    private static GridSample.Mode gridMode(String text) {
        return switch (text) {
            case "bilinear" -> GridSample.Mode.LINEAR;
            case "nearest" -> GridSample.Mode.NEAREST;
            case "bicubic" -> GridSample.Mode.CUBIC;
            default ->
                throw new ArgumentException(
                        "gridSample",
                        "mode is '" + text + "'; it must be bilinear, nearest or bicubic",
                        Fault.BAD_ARGUMENT);
        };
    }
}

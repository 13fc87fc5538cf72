package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.nn.layer.ChannelShuffle;
import io.flambeau.nn.layer.Conv1d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Conv3d;
import io.flambeau.nn.layer.ConvTranspose1d;
import io.flambeau.nn.layer.ConvTranspose2d;
import io.flambeau.nn.layer.ConvTranspose3d;
import io.flambeau.nn.layer.Fold;
import io.flambeau.nn.layer.PixelShuffle;
import io.flambeau.nn.layer.PixelUnshuffle;
import io.flambeau.nn.layer.Unfold;
import io.flambeau.nn.layer.Upsample;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.op.Axes;
import java.util.List;

/** Convolutions, and what rearranges images. */
final class ConvolutionModules {
    private static final String CONV =
            "(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1,"
                    + " bias=True, padding_mode='zeros')";
    private static final String TRANSPOSE = "(in_channels, out_channels, kernel_size, stride=1, padding=0,"
            + " output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros')";

    static final List<ModuleEntry> ENTRIES = List.of(
            module(
                    "Conv1d" + CONV,
                    "new Conv1d(in, out, kernel, options, withBias, border)",
                    a -> new Conv1d(
                            a.integer("in_channels"),
                            a.integer("out_channels"),
                            kernel(a),
                            ConvolutionCatalog.conv("Conv1d", a),
                            a.flag("bias"),
                            border(a))),
            module(
                    "Conv2d" + CONV,
                    "new Conv2d(in, out, kernel, options, withBias, border)",
                    a -> new Conv2d(
                            a.integer("in_channels"),
                            a.integer("out_channels"),
                            kernel(a),
                            ConvolutionCatalog.conv("Conv2d", a),
                            a.flag("bias"),
                            border(a))),
            module(
                    "Conv3d" + CONV,
                    "new Conv3d(in, out, kernel, options, withBias, border)",
                    a -> new Conv3d(
                            a.integer("in_channels"),
                            a.integer("out_channels"),
                            kernel(a),
                            ConvolutionCatalog.conv("Conv3d", a),
                            a.flag("bias"),
                            border(a))),
            module(
                    "ConvTranspose1d" + TRANSPOSE,
                    "new ConvTranspose1d(in, out, kernel, options, withBias)",
                    a -> new ConvTranspose1d(
                            a.integer("in_channels"),
                            a.integer("out_channels"),
                            kernel(a),
                            transpose(a),
                            a.flag("bias")),
                    "forward(input, output_size=None)",
                    (m, a) -> m.call(a.tensor("input"), a.sizes("output_size"))),
            module(
                    "ConvTranspose2d" + TRANSPOSE,
                    "new ConvTranspose2d(in, out, kernel, options, withBias)",
                    a -> new ConvTranspose2d(
                            a.integer("in_channels"),
                            a.integer("out_channels"),
                            kernel(a),
                            transpose(a),
                            a.flag("bias")),
                    "forward(input, output_size=None)",
                    (m, a) -> m.call(a.tensor("input"), a.sizes("output_size"))),
            module(
                    "ConvTranspose3d" + TRANSPOSE,
                    "new ConvTranspose3d(in, out, kernel, options, withBias)",
                    a -> new ConvTranspose3d(
                            a.integer("in_channels"),
                            a.integer("out_channels"),
                            kernel(a),
                            transpose(a),
                            a.flag("bias")),
                    "forward(input, output_size=None)",
                    (m, a) -> m.call(a.tensor("input"), a.sizes("output_size"))),
            module(
                    "Unfold(kernel_size, dilation=1, padding=0, stride=1)",
                    "new Unfold(kernel, options)",
                    a -> new Unfold(a.sizes("kernel_size"), ImageCatalog.windows(a))),
            module(
                    "Fold(output_size, kernel_size, dilation=1, padding=0, stride=1)",
                    "new Fold(outputSize, kernel, options)",
                    a -> new Fold(a.sizes("output_size"), a.sizes("kernel_size"), ImageCatalog.windows(a))),
            module(
                    "Upsample(size=None, scale_factor=None, mode='nearest', align_corners=None,"
                            + " recompute_scale_factor=None)",
                    "new Upsample(options)",
                    a -> new Upsample(ImageCatalog.sized(a)
                            .mode(ImageCatalog.mode(a.text("mode")))
                            .alignCorners(ImageCatalog.align(a))
                            .recomputeScale(a.has("recompute_scale_factor") && a.flag("recompute_scale_factor")))),
            module(
                    "PixelShuffle(upscale_factor)",
                    "new PixelShuffle(factor)",
                    a -> new PixelShuffle(a.integer("upscale_factor"))),
            module(
                    "PixelUnshuffle(downscale_factor)",
                    "new PixelUnshuffle(factor)",
                    a -> new PixelUnshuffle(a.integer("downscale_factor"))),
            module(
                    "ChannelShuffle(groups)",
                    "new ChannelShuffle(groups)",
                    a -> new ChannelShuffle(a.integer("groups"))));

    private ConvolutionModules() {}

    private static Axes kernel(Arguments a) {
        return Axes.of(a.sizes("kernel_size"));
    }

    private static ConvTransposeOptions transpose(Arguments a) {
        if (border(a) != PadMode.CONSTANT) {
            throw new ArgumentException(
                    "ConvTranspose",
                    "padding_mode is '" + a.text("padding_mode") + "'; a transposed convolution takes zeros alone",
                    Fault.BAD_ARGUMENT);
        }
        return ConvolutionCatalog.transpose(a);
    }

    private static PadMode border(Arguments a) {
        return switch (a.text("padding_mode")) {
            case "zeros" -> PadMode.CONSTANT;
            case "reflect" -> PadMode.REFLECT;
            case "replicate" -> PadMode.REPLICATE;
            case "circular" -> PadMode.CIRCULAR;
            default ->
                throw new ArgumentException(
                        "conv",
                        "padding_mode is '" + a.text("padding_mode")
                                + "'; it must be zeros, reflect, replicate or circular",
                        Fault.BAD_ARGUMENT);
        };
    }
}

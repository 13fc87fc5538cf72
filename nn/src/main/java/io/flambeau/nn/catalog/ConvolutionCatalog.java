package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.Values.entry;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Catalog;

/** Linear maps and convolutions. */
final class ConvolutionCatalog {
    private static final String CONV = "(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)";
    private static final String TRANSPOSE =
            "(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)";

    static final Catalog CATALOG = Catalog.of(
            "Linear maps and convolutions",
            entry(
                    "linear(input, weight, bias=None)",
                    "linear(x, weight, bias)",
                    a -> F.linear(a.tensor("input"), a.tensor("weight"), a.optionalTensor("bias"))),
            entry(
                    "bilinear(input1, input2, weight, bias=None)",
                    "bilinear(x1, x2, weight, bias)",
                    a -> F.bilinear(
                            a.tensor("input1"), a.tensor("input2"), a.tensor("weight"), a.optionalTensor("bias"))),
            entry(
                    "conv1d" + CONV,
                    "conv1d(x, weight, bias, options)",
                    a -> F.conv1d(a.tensor("input"), a.tensor("weight"), a.optionalTensor("bias"), conv("conv1d", a))),
            entry(
                    "conv2d" + CONV,
                    "conv2d(x, weight, bias, options)",
                    a -> F.conv2d(a.tensor("input"), a.tensor("weight"), a.optionalTensor("bias"), conv("conv2d", a))),
            entry(
                    "conv3d" + CONV,
                    "conv3d(x, weight, bias, options)",
                    a -> F.conv3d(a.tensor("input"), a.tensor("weight"), a.optionalTensor("bias"), conv("conv3d", a))),
            entry(
                    "conv_transpose1d" + TRANSPOSE,
                    "convTranspose1d(x, weight, bias, options)",
                    a -> F.convTranspose1d(
                            a.tensor("input"), a.tensor("weight"), a.optionalTensor("bias"), transpose(a))),
            entry(
                    "conv_transpose2d" + TRANSPOSE,
                    "convTranspose2d(x, weight, bias, options)",
                    a -> F.convTranspose2d(
                            a.tensor("input"), a.tensor("weight"), a.optionalTensor("bias"), transpose(a))),
            entry(
                    "conv_transpose3d" + TRANSPOSE,
                    "convTranspose3d(x, weight, bias, options)",
                    a -> F.convTranspose3d(
                            a.tensor("input"), a.tensor("weight"), a.optionalTensor("bias"), transpose(a))));

    private ConvolutionCatalog() {}

    static ConvOptions conv(String operation, Arguments a) {
        ConvOptions options = ConvOptions.options()
                .stride(a.sizes("stride"))
                .dilation(a.sizes("dilation"))
                .groups(a.integer("groups"));
        if (!(a.value("padding") instanceof String text)) {
            return options.padding(a.sizes("padding"));
        }
        return switch (text) {
            case "same" -> options.paddingSame();
            case "valid" -> options;
            default ->
                throw new ArgumentException(
                        operation, "padding is '" + text + "'; it must be same or valid", Fault.BAD_ARGUMENT);
        };
    }

    static ConvTransposeOptions transpose(Arguments a) {
        return ConvTransposeOptions.options()
                .stride(a.sizes("stride"))
                .padding(a.sizes("padding"))
                .outputPadding(a.sizes("output_padding"))
                .dilation(a.sizes("dilation"))
                .groups(a.integer("groups"));
    }
}

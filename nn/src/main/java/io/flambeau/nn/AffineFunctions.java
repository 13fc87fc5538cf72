package io.flambeau.nn;

import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.nn.functional.Spread;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import org.jspecify.annotations.Nullable;

/** Linear maps and convolutions. */
abstract sealed class AffineFunctions extends DropoutFunctions permits PoolFunctions {
    AffineFunctions() {}

    /** x weightᵀ. */
    public static Tensor linear(Tensor x, Tensor weight) {
        return linear(x, weight, null);
    }

    /**
     * x weightᵀ + bias.
     *
     * @param x [..., in]
     * @param weight [out, in], or [in]
     * @param bias [out], or null
     */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        if (weight.rank() == 1) {
            Tensor product = x.matmul(weight);
            return bias == null ? product : product.add(bias);
        }
        return bias == null
                ? Tensors.bind(new Linear(false, Epilogue.NONE), x, weight)
                : Tensors.bind(new Linear(true, Epilogue.NONE), x, weight, bias);
    }

    /**
     * x1 weight x2 + bias for each output.
     *
     * @param x1 [..., in1]
     * @param x2 [..., in2]
     * @param weight [out, in1, in2]
     * @param bias [out], or null
     */
    public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
        boolean fits = x1.rank() > 0 && x1.rank() == x2.rank() && weight.rank() == 3;
        fits = fits
                && x1.shape().range(0, x1.rank() - 1).equals(x2.shape().range(0, x1.rank() - 1))
                && x1.size(-1) == weight.size(1)
                && x2.size(-1) == weight.size(2)
                && (bias == null || bias.shape().equals(Shape.of(weight.size(0))));
        if (!fits) {
            throw new ShapeException(
                    "bilinear",
                    "inputs " + x1.shape() + " and " + x2.shape() + " do not fit the weight " + weight.shape()
                            + (bias == null ? "" : " and the bias " + bias.shape()),
                    Fault.SHAPE_MISMATCH);
        }
        Shape batch = x1.shape().range(0, x1.rank() - 1);
        Tensor left = x1.reshape(batch.count(), x1.size(-1));
        Tensor right = x2.reshape(batch.count(), x2.size(-1));
        // [N, in1] by [in1, out in2] gives [N, out, in2], which meets [N, in2, 1].
        Tensor middle = left.matmul(weight.permute(1, 0, 2).reshape(weight.size(1), weight.size(0) * weight.size(2)));
        Tensor y = middle.reshape(batch.count(), weight.size(0), weight.size(2))
                .matmul(right.unsqueeze(-1))
                .reshape(batch.concat(Shape.of(weight.size(0))));
        return bias == null ? y : y.add(bias);
    }

    public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return conv1d(x, weight, bias, ConvOptions.options());
    }

    /**
     * Cross-correlation over one axis.
     *
     * @param x [N, C, L] or [C, L]
     * @param weight [out, C / groups, kernel]
     * @param bias [out], or null
     */
    public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
        return conv(1, x, weight, bias, options);
    }

    public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return conv2d(x, weight, bias, ConvOptions.options());
    }

    /**
     * Cross-correlation over two axes.
     *
     * @param x [N, C, H, W] or [C, H, W]
     * @param weight [out, C / groups, kernel height, kernel width]
     * @param bias [out], or null
     */
    public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
        return conv(2, x, weight, bias, options);
    }

    public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return conv3d(x, weight, bias, ConvOptions.options());
    }

    /**
     * Cross-correlation over three axes.
     *
     * @param x [N, C, D, H, W] or [C, D, H, W]
     * @param weight [out, C / groups, kernel...]
     * @param bias [out], or null
     */
    public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
        return conv(3, x, weight, bias, options);
    }

    /** An input with a batch axis. */
    static Tensor batched(String operation, Tensor x, int axes) {
        if (x.rank() != axes + 1 && x.rank() != axes + 2) {
            throw new ShapeException(
                    operation,
                    "the input must have " + (axes + 1) + " or " + (axes + 2) + " axes, its shape is " + x.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        return x.rank() == axes + 1 ? x.unsqueeze(0) : x;
    }

    /** The result without the batch axis that {@link #batched} added. */
    static Tensor like(Tensor x, int axes, Tensor y) {
        return x.rank() == axes + 1 ? y.squeeze(0) : y;
    }

    private static Tensor conv(int axes, Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
        String operation = "conv" + axes + "d";
        Tensor batch = batched(operation, x, axes);
        requireWeight(operation, weight, axes);
        Axes stride = Spread.over(operation, "stride", options.stride(), axes);
        Axes dilation = Spread.over(operation, "dilation", options.dilation(), axes);
        Axes padding = Spread.over(operation, "padding", options.padding(), axes);
        requireNotNegative(operation, "padding", padding);
        long[] before = padding.toArray();
        long[] after = padding.toArray();
        if (options.same()) {
            for (int i = 0; i < axes; i++) {
                if (stride.at(i) != 1) {
                    throw new ArgumentException(
                            operation, "padding 'same' needs stride 1, it is " + stride, Fault.BAD_ARGUMENT);
                }
                long total = dilation.at(i) * (weight.size(i + 2) - 1);
                before[i] = total / 2;
                after[i] = total - total / 2;
            }
        }
        Sliding sliding = new Sliding(stride, Axes.of(before), Axes.of(after), dilation);
        Convolution op = new Convolution(sliding, options.groups(), bias != null);
        Tensor y = bias == null ? Tensors.bind(op, batch, weight) : Tensors.bind(op, batch, weight, bias);
        return like(x, axes, y);
    }

    private static void requireWeight(String operation, Tensor weight, int axes) {
        if (weight.rank() != axes + 2) {
            throw new ShapeException(
                    operation,
                    "the weight must have " + (axes + 2) + " axes, its shape is " + weight.shape(),
                    Fault.SHAPE_MISMATCH);
        }
    }

    private static void requireNotNegative(String operation, String argument, Axes values) {
        for (int i = 0; i < values.count(); i++) {
            if (values.at(i) < 0) {
                throw new ArgumentException(
                        operation, argument + " is " + values + "; it must not be negative", Fault.BAD_ARGUMENT);
            }
        }
    }

    public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return convTranspose1d(x, weight, bias, ConvTransposeOptions.options());
    }

    /**
     * The adjoint of a convolution over one axis.
     *
     * @param x [N, C, L] or [C, L]
     * @param weight [C, out / groups, kernel]
     * @param bias [out], or null
     */
    public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
        return convTranspose(1, x, weight, bias, options);
    }

    public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return convTranspose2d(x, weight, bias, ConvTransposeOptions.options());
    }

    /**
     * The adjoint of a convolution over two axes.
     *
     * @param x [N, C, H, W] or [C, H, W]
     * @param weight [C, out / groups, kernel height, kernel width]
     * @param bias [out], or null
     */
    public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
        return convTranspose(2, x, weight, bias, options);
    }

    public static Tensor convTranspose3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return convTranspose3d(x, weight, bias, ConvTransposeOptions.options());
    }

    /**
     * The adjoint of a convolution over three axes.
     *
     * @param x [N, C, D, H, W] or [C, D, H, W]
     * @param weight [C, out / groups, kernel...]
     * @param bias [out], or null
     */
    public static Tensor convTranspose3d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
        return convTranspose(3, x, weight, bias, options);
    }

    private static Tensor convTranspose(
            int axes, Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
        String operation = "convTranspose" + axes + "d";
        Tensor batch = batched(operation, x, axes);
        requireWeight(operation, weight, axes);
        Axes stride = Spread.over(operation, "stride", options.stride(), axes);
        Axes dilation = Spread.over(operation, "dilation", options.dilation(), axes);
        Axes padding = Spread.over(operation, "padding", options.padding(), axes);
        Axes extra = Spread.over(operation, "outputPadding", options.outputPadding(), axes);
        requireNotNegative(operation, "padding", padding);
        requireNotNegative(operation, "outputPadding", extra);
        long[] sizes = new long[axes];
        long[] after = new long[axes];
        for (int i = 0; i < axes; i++) {
            // What is added behind the result is padding that the convolution does not add.
            after[i] = padding.at(i) - extra.at(i);
            if (extra.at(i) >= Math.max(stride.at(i), dilation.at(i))) {
                throw new ArgumentException(
                        operation,
                        "outputPadding " + extra + " must be smaller than stride " + stride + " or dilation "
                                + dilation,
                        Fault.BAD_ARGUMENT);
            }
            long reach = dilation.at(i) * (weight.size(i + 2) - 1) + 1;
            sizes[i] = (batch.size(i + 2) - 1) * stride.at(i) - 2 * padding.at(i) + reach + extra.at(i);
            if (sizes[i] < 1) {
                throw new ShapeException(
                        operation,
                        "axis " + (i + 2) + " of the result would have size " + sizes[i] + " for the input " + x.shape()
                                + " and padding " + padding,
                        Fault.BAD_SHAPE);
            }
        }
        ConvolutionInput op = new ConvolutionInput(
                new Sliding(stride, padding, Axes.of(after), dilation), options.groups(), Axes.of(sizes));
        if (bias == null) {
            return like(x, axes, Tensors.bind(op, batch, weight));
        }
        op.infer(new Spec[] {batch.spec(), weight.spec()});
        // Half types are rounded once, after the bias.
        DType wide = x.dtype().isHalf() ? DType.F32 : x.dtype();
        Tensor y = Tensors.bind(op, batch.to(wide), weight.to(wide));
        requireBias(operation, bias, x.dtype(), y.size(1));
        Tensor shifted = y.add(bias.to(y.dtype()).reshape(Shape.of(y.size(1)).concat(ones(axes))));
        return like(x, axes, x.dtype().isHalf() ? shifted.to(x.dtype()) : shifted);
    }

    private static void requireBias(String operation, Tensor bias, DType dtype, long channels) {
        if (!bias.shape().equals(Shape.of(channels))) {
            throw new ShapeException(
                    operation,
                    "the bias must have shape [" + channels + "], not " + bias.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        if (bias.dtype() != dtype) {
            throw new DTypeException(
                    operation,
                    "the bias is " + bias.dtype() + " and the input " + dtype + "; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
    }
}

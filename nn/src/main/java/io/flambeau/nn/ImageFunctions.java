package io.flambeau.nn;

import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.InterpolateOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.nn.functional.Spread;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.conv.BorderPad;
import io.flambeau.tensor.op.conv.ConstantPad;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.vision.GridSample;
import io.flambeau.tensor.op.vision.Interpolate;
import java.util.Collections;
import java.util.List;

/** Padding, sampling and rearranging of images. */
abstract sealed class ImageFunctions extends AttentionFunctions permits F {
    ImageFunctions() {}

    /** A border of zeros; see {@link #pad(Tensor, long[], PadMode, Scalar)}. */
    public static Tensor pad(Tensor x, long... widths) {
        return pad(x, widths, PadMode.CONSTANT, Scalar.ZERO);
    }

    public static Tensor pad(Tensor x, long[] widths, PadMode mode) {
        return pad(x, widths, mode, Scalar.ZERO);
    }

    /**
     * A border around the last axes.
     *
     * @param widths in front of and behind the last axis, then the one before, and so on; negative ones cut off
     * @param value what a constant border holds
     */
    public static Tensor pad(Tensor x, long[] widths, PadMode mode, Scalar value) {
        int axes = widths.length / 2;
        if (widths.length % 2 != 0 || axes > x.rank()) {
            throw new ArgumentException(
                    "pad",
                    "widths " + Axes.of(widths) + " must be pairs, at most one for each axis of the input " + x.shape(),
                    Fault.BAD_ARGUMENT);
        }
        long[] before = new long[axes];
        long[] after = new long[axes];
        for (int i = 0; i < axes; i++) {
            before[axes - 1 - i] = widths[2 * i];
            after[axes - 1 - i] = widths[2 * i + 1];
        }
        Axes front = Axes.of(before);
        Axes back = Axes.of(after);
        if (mode == PadMode.CONSTANT) {
            Tensor padded = ConstantPad.spatial(x, front, back, value);
            return padded == x || padded.sharesMemory(x) ? padded.clone() : padded;
        }
        if (x.rank() != axes + 1 && x.rank() != axes + 2) {
            throw new ShapeException(
                    "pad",
                    "mode " + mode + " pads all axes but channels and batch; the input " + x.shape() + " does not fit "
                            + axes + " pairs of widths",
                    Fault.SHAPE_MISMATCH);
        }
        BorderPad.Mode border = switch (mode) {
            case REFLECT -> BorderPad.Mode.REFLECT;
            case REPLICATE -> BorderPad.Mode.REPLICATE;
            default -> BorderPad.Mode.CIRCULAR;
        };
        return Tensors.bind(new BorderPad(border, front, back), x);
    }

    /**
     * An image, sequence or volume [N, C, ...] sampled anew along its spatial axes.
     *
     * @throws ArgumentException if the mode does not fit the number of axes, or an option the mode
     */
    public static Tensor interpolate(Tensor x, InterpolateOptions options) {
        String operation = "interpolate";
        int axes = x.rank() - 2;
        if (axes < 1 || axes > 3) {
            throw new ShapeException(
                    operation, "the input must have 3 to 5 axes, its shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        InterpolateOptions.Mode mode = options.mode();
        int needed = switch (mode) {
            case LINEAR -> 1;
            case BILINEAR, BICUBIC -> 2;
            case TRILINEAR -> 3;
            default -> axes;
        };
        boolean plain = mode == InterpolateOptions.Mode.NEAREST
                || mode == InterpolateOptions.Mode.NEAREST_EXACT
                || mode == InterpolateOptions.Mode.AREA;
        boolean flat = mode == InterpolateOptions.Mode.BILINEAR || mode == InterpolateOptions.Mode.BICUBIC;
        String wrong = null;
        if (needed != axes) {
            wrong = "mode " + mode + " needs an input of " + (needed + 2) + " axes, its shape is " + x.shape();
        } else if (plain && options.alignCorners() != null) {
            wrong = "alignCorners cannot be set in mode " + mode;
        } else if (options.antialias() && !flat) {
            wrong = "antialias needs mode BILINEAR or BICUBIC, it is " + mode;
        } else if ((options.size().count() == 0) == options.scale().isEmpty()) {
            wrong = "either the size or the scale must be given, they are " + options.size() + " and "
                    + options.scale();
        } else if (options.recomputeScale() && options.scale().isEmpty()) {
            wrong = "recomputeScale needs a scale, but the size is given";
        }
        if (wrong != null) {
            throw new ArgumentException(operation, wrong, Fault.BAD_ARGUMENT);
        }
        List<Double> scales = scales(options, axes);
        Axes sizes = sizes(x, options, scales, axes);
        if (mode == InterpolateOptions.Mode.AREA) {
            return switch (axes) {
                case 1 -> adaptiveAvgPool1d(x, sizes.at(0));
                case 2 -> adaptiveAvgPool2d(x, sizes.toArray());
                default -> adaptiveAvgPool3d(x, sizes.toArray());
            };
        }
        Interpolate.Mode how = switch (mode) {
            case NEAREST -> Interpolate.Mode.NEAREST;
            case NEAREST_EXACT -> Interpolate.Mode.NEAREST_EXACT;
            case BICUBIC -> Interpolate.Mode.CUBIC;
            default -> Interpolate.Mode.LINEAR;
        };
        boolean align = Boolean.TRUE.equals(options.alignCorners());
        List<Double> used = options.recomputeScale() ? List.of() : scales;
        return Tensors.bind(new Interpolate(how, sizes, used, align, options.antialias()), x);
    }

    private static List<Double> scales(InterpolateOptions options, int axes) {
        List<Double> scale = options.scale();
        if (scale.size() == axes || scale.isEmpty()) {
            return scale;
        }
        if (scale.size() != 1) {
            throw new ArgumentException(
                    "interpolate",
                    "scale is " + scale + "; it must hold 1 or " + axes + " numbers",
                    Fault.BAD_ARGUMENT);
        }
        return Collections.nCopies(axes, scale.getFirst());
    }

    private static Axes sizes(Tensor x, InterpolateOptions options, List<Double> scales, int axes) {
        long[] sizes = scales.isEmpty()
                ? Spread.over("interpolate", "size", options.size(), axes).toArray()
                : new long[axes];
        for (int i = 0; i < axes; i++) {
            if (!scales.isEmpty()) {
                sizes[i] = (long) Math.floor(x.size(i + 2) * scales.get(i));
            }
            if (sizes[i] < 1 || x.size(i + 2) < 1) {
                throw new ShapeException(
                        "interpolate",
                        "input " + x.shape() + " and result " + Axes.of(sizes)
                                + " must have spatial sizes of at least 1",
                        Fault.BAD_SHAPE);
            }
        }
        return Axes.of(sizes);
    }

    /** Nearest neighbours to a size; {@link #interpolate} with its defaults. */
    public static Tensor upsampleNearest(Tensor x, long... size) {
        return interpolate(x, InterpolateOptions.size(size));
    }

    /** Bilinear sampling to a size with aligned corners. */
    public static Tensor upsampleBilinear(Tensor x, long... size) {
        InterpolateOptions options = InterpolateOptions.size(size);
        return interpolate(x, options.mode(InterpolateOptions.Mode.BILINEAR).alignCorners(true));
    }

    public static Tensor gridSample(Tensor x, Tensor grid) {
        return gridSample(x, grid, GridSample.Mode.LINEAR, GridSample.Border.ZEROS, false);
    }

    /**
     * x sampled at the places of a grid.
     *
     * @param x [N, C, H, W] or [N, C, D, H, W]
     * @param grid [N, outs..., 2 or 3]: coordinates, that of the last axis first; -1 and 1 are the ends
     * @param alignCorners whether -1 and 1 are the centres of the corner elements, or their outer edges
     */
    public static Tensor gridSample(
            Tensor x, Tensor grid, GridSample.Mode mode, GridSample.Border border, boolean alignCorners) {
        return Tensors.bind(new GridSample(mode, border, alignCorners), x, grid);
    }

    /**
     * A grid for {@link #gridSample} that moves an image by affine maps.
     *
     * @param theta [N, 2, 3] or [N, 3, 4]
     * @param size of the result: [N, C, H, W] or [N, C, D, H, W]
     */
    public static Tensor affineGrid(Tensor theta, long[] size, boolean alignCorners) {
        int axes = size.length - 2;
        if (axes < 2 || axes > 3 || !theta.shape().equals(Shape.of(size[0], axes, axes + 1))) {
            throw new ShapeException(
                    "affineGrid",
                    "theta " + theta.shape() + " does not fit the size " + Axes.of(size),
                    Fault.SHAPE_MISMATCH);
        }
        Shape spatial = Shape.of(size).range(2, size.length);
        Tensor[] coordinates = new Tensor[axes + 1];
        for (int i = 0; i < axes; i++) {
            int axis = axes - 1 - i;
            long n = spatial.size(axis);
            long[] aligned = ones(axes).sizes();
            aligned[axis] = n;
            coordinates[i] = line(theta, n, alignCorners).reshape(aligned).expand(spatial);
        }
        coordinates[axes] = theta.newFull(spatial, Scalar.ONE);
        Tensor base = Tensors.stack(-1, coordinates).reshape(1, spatial.count(), axes + 1);
        Tensor grid = base.expand(size[0], spatial.count(), axes + 1).matmul(theta.mT());
        return grid.reshape(Shape.of(size[0]).concat(spatial).concat(Shape.of(axes)));
    }

    /** n coordinates from -1 to 1. */
    private static Tensor line(Tensor like, long n, boolean alignCorners) {
        if (n <= 1) {
            return like.newZeros(Shape.of(n));
        }
        Tensor i = Tensors.withDevice(like.device(), () -> Tensors.arange(n)).to(like.dtype());
        double step = alignCorners ? 2.0 / (n - 1) : 2.0 / n;
        return i.sub((n - 1) / 2.0).mul(step);
    }

    /** Channels [..., C r², H, W] as pixels [..., C, H r, W r]. */
    public static Tensor pixelShuffle(Tensor x, long factor) {
        requireImage("pixelShuffle", x, factor);
        long channels = x.size(-3);
        if (channels % (factor * factor) != 0) {
            throw new ShapeException(
                    "pixelShuffle",
                    "the " + channels + " channels of " + x.shape() + " are no multiple of " + factor + " squared",
                    Fault.BAD_SHAPE);
        }
        int lead = x.rank() - 3;
        long c = channels / (factor * factor);
        Shape batch = x.shape().range(0, lead);
        Tensor split = x.reshape(batch.concat(Shape.of(c, factor, factor, x.size(-2), x.size(-1))));
        return split.permute(order(lead, 0, 3, 1, 4, 2))
                .reshape(batch.concat(Shape.of(c, x.size(-2) * factor, x.size(-1) * factor)));
    }

    /** Pixels [..., C, H r, W r] as channels [..., C r², H, W]. */
    public static Tensor pixelUnshuffle(Tensor x, long factor) {
        requireImage("pixelUnshuffle", x, factor);
        if (x.size(-2) % factor != 0 || x.size(-1) % factor != 0) {
            throw new ShapeException(
                    "pixelUnshuffle", "the image " + x.shape() + " cannot be divided by " + factor, Fault.BAD_SHAPE);
        }
        int lead = x.rank() - 3;
        long height = x.size(-2) / factor;
        long width = x.size(-1) / factor;
        Shape batch = x.shape().range(0, lead);
        Tensor split = x.reshape(batch.concat(Shape.of(x.size(-3), height, factor, width, factor)));
        return split.permute(order(lead, 0, 2, 4, 1, 3))
                .reshape(batch.concat(Shape.of(x.size(-3) * factor * factor, height, width)));
    }

    private static void requireImage(String operation, Tensor x, long factor) {
        if (x.rank() < 3) {
            throw new ShapeException(
                    operation, "the input must have at least 3 axes, its shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        if (factor < 1) {
            throw new ArgumentException(
                    operation, "the factor is " + factor + "; it must be positive", Fault.BAD_ARGUMENT);
        }
    }

    /** The leading axes in order, then the others as given. */
    private static int[] order(int lead, int... rest) {
        int[] order = new int[lead + rest.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i < lead ? i : lead + rest[i - lead];
        }
        return order;
    }

    /** The channels of x [N, C, ...], of each group the first, of each group the second, and so on. */
    public static Tensor channelShuffle(Tensor x, long groups) {
        if (x.rank() < 3 || groups < 1 || x.size(1) % groups != 0) {
            throw new ShapeException(
                    "channelShuffle",
                    groups + " groups do not divide the channels of an input [N, C, ...] of shape " + x.shape(),
                    Fault.BAD_ARGUMENT);
        }
        Shape rest = x.shape().range(2, x.rank());
        return x.reshape(Shape.of(x.size(0), groups, x.size(1) / groups).concat(rest))
                .transpose(1, 2)
                .reshape(x.shape());
    }

    public static Tensor unfold(Tensor x, long... kernel) {
        return unfold(x, kernel, ConvOptions.options());
    }

    /**
     * The windows of images, as columns.
     *
     * @param x [N, C, H, W] or [C, H, W]
     * @param kernel the size of a window, one number or one for each axis
     * @param options stride, padding and dilation
     * @return [N, C kernel, windows]
     */
    public static Tensor unfold(Tensor x, long[] kernel, ConvOptions options) {
        Tensor batch = batched("unfold", x, 2);
        Shape size =
                Shape.of(Spread.over("unfold", "kernelSize", Axes.of(kernel), 2).toArray());
        Sliding sliding = sliding("unfold", options);
        requireWindows("unfold", sliding, batch.size(2), batch.size(3), size);
        Tensor patches = sliding.patches(batch, size, Scalar.ZERO).permute(0, 1, 4, 5, 2, 3);
        Tensor y = patches.reshape(batch.size(0), batch.size(1) * size.count(), patches.size(4) * patches.size(5));
        return like(x, 2, y);
    }

    /**
     * Columns [N, C kernel, windows] or [C kernel, windows] added up to images [N, C, H, W] or [C, H, W]: the adjoint
     * of {@link #unfold(Tensor, long[], ConvOptions)}.
     *
     * @param outputSize the height and width of the images, or one number for both
     */
    public static Tensor fold(Tensor x, long[] outputSize, long[] kernel, ConvOptions options) {
        if (x.rank() != 2 && x.rank() != 3) {
            throw new ShapeException(
                    "fold", "the input must have 2 or 3 axes, its shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        Tensor batch = x.rank() == 2 ? x.unsqueeze(0) : x;
        Axes out = Spread.over("fold", "outputSize", Axes.of(outputSize), 2);
        Shape size =
                Shape.of(Spread.over("fold", "kernelSize", Axes.of(kernel), 2).toArray());
        Sliding sliding = sliding("fold", options);
        requireWindows("fold", sliding, out.at(0), out.at(1), size);
        long rows = sliding.windows(0, out.at(0), size.size(0));
        long columns = sliding.windows(1, out.at(1), size.size(1));
        if (batch.size(1) % size.count() != 0 || batch.size(2) != rows * columns) {
            throw new ShapeException(
                    "fold",
                    "the input " + x.shape() + " does not hold windows of " + size + " at " + rows + " by " + columns
                            + " places",
                    Fault.SHAPE_MISMATCH);
        }
        long channels = batch.size(1) / size.count();
        Tensor patches = batch.reshape(batch.size(0), channels, size.size(0), size.size(1), rows, columns)
                .permute(0, 1, 4, 5, 2, 3);
        Tensor y = sliding.overlay(patches, size, Shape.of(batch.size(0), channels, out.at(0), out.at(1)));
        return x.rank() == 2 ? y.squeeze(0) : y;
    }

    private static Sliding sliding(String operation, ConvOptions options) {
        Axes padding = Spread.over(operation, "padding", options.padding(), 2);
        return new Sliding(
                Spread.over(operation, "stride", options.stride(), 2),
                padding,
                padding,
                Spread.over(operation, "dilation", options.dilation(), 2));
    }

    private static void requireWindows(String operation, Sliding sliding, long height, long width, Shape kernel) {
        for (int i = 0; i < 2; i++) {
            boolean positive = sliding.stride().at(i) > 0 && sliding.dilation().at(i) > 0 && kernel.size(i) > 0;
            if (!positive
                    || sliding.before().at(i) < 0
                    || sliding.windows(i, i == 0 ? height : width, kernel.size(i)) < 1) {
                throw new ShapeException(
                        operation,
                        "windows of " + kernel + " with " + sliding + " do not fit " + height + " by " + width,
                        Fault.BAD_ARGUMENT);
            }
        }
    }
}

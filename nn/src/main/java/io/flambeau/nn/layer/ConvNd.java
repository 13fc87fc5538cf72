package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.nn.functional.Spread;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the convolutions over 1, 2 and 3 axes share: weight [out, in / groups, kernel...] and bias [out]. */
abstract sealed class ConvNd extends Module permits Conv1d, Conv2d, Conv3d {
    final ConvOptions options;
    final Tensor weight;
    final @Nullable Tensor bias;
    private final long @Nullable [] borders;
    private final PadMode border;
    private final String description;
    private final ConvOptions given;

    ConvNd(int axes, long in, long out, Axes kernel, ConvOptions options, boolean withBias, PadMode border) {
        long groups = options.groups();
        if (in <= 0 || out <= 0 || groups <= 0 || in % groups != 0 || out % groups != 0) {
            throw new ArgumentException(
                    title(),
                    "in = " + in + " and out = " + out + " channels must be positive multiples of groups = " + groups,
                    Fault.BAD_ARGUMENT);
        }
        Axes sizes = Spread.over(title(), "kernelSize", kernel, axes);
        Shape shape = Shape.of(out, in / groups).concat(Shape.of(sizes.toArray()));
        long fan = in / groups * Shape.of(sizes.toArray()).count();
        this.border = border;
        this.given = options;
        this.borders = border == PadMode.CONSTANT ? null : borders(sizes, options);
        this.options = borders == null ? options : unpadded(options);
        this.weight = parameter("weight", Init.uniformFan(Tensors.empty(shape.sizes()), fan));
        this.bias = parameter("bias", withBias ? Init.uniformFan(Tensors.empty(out), fan) : null);
        this.description = in + ", " + out + ", kernelSize=" + sizes + ", stride=" + options.stride()
                + (options.same() ? ", padding=same" : ", padding=" + options.padding())
                + (border == PadMode.CONSTANT ? "" : ", border=" + border)
                + (groups == 1 ? "" : ", groups=" + groups) + (withBias ? "" : ", bias=false");
    }

    private static ConvOptions unpadded(ConvOptions options) {
        return new ConvOptions(options.stride(), Axes.of(0), false, options.dilation(), options.groups());
    }

    /** The widths that the convolution itself would pad with zeros, the last axis first. */
    private long[] borders(Axes kernel, ConvOptions options) {
        int axes = kernel.count();
        Axes padding = Spread.over(title(), "padding", options.padding(), axes);
        Axes dilation = Spread.over(title(), "dilation", options.dilation(), axes);
        long[] widths = new long[2 * axes];
        for (int i = 0; i < axes; i++) {
            long total = options.same() ? dilation.at(i) * (kernel.at(i) - 1) : 2 * padding.at(i);
            widths[2 * (axes - 1 - i)] = total / 2;
            widths[2 * (axes - 1 - i) + 1] = total - total / 2;
        }
        return widths;
    }

    /** The input with its border, where that is not of zeros, which the convolution adds itself. */
    final Tensor bordered(Tensor input) {
        return borders == null ? input : F.pad(input, borders, border, Scalar.ZERO);
    }

    /** One of the same kind, with a bias. */
    abstract ConvNd alike(long in, long out, Axes kernel, ConvOptions options, PadMode border);

    /** A new one of the same kind and options, with a bias, whatever this one has. */
    final ConvNd withBias() {
        long[] sizes = weight.shape().sizes();
        Axes kernel = Axes.of(Arrays.copyOfRange(sizes, 2, sizes.length));
        return alike(sizes[1] * options.groups(), sizes[0], kernel, given, border);
    }

    public final Tensor weight() {
        return weight;
    }

    public final @Nullable Tensor bias() {
        return bias;
    }

    @Override
    protected final String describe() {
        return description;
    }
}

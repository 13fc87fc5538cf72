package io.flambeau.nn.layer;

import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.nn.functional.Spread;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import org.jspecify.annotations.Nullable;

/** What the transposed convolutions share: weight [in, out / groups, kernel...] and bias [out]. */
abstract sealed class ConvTransposeNd extends Module permits ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
    final ConvTransposeOptions options;
    final Tensor weight;
    final @Nullable Tensor bias;
    private final String description;

    ConvTransposeNd(int axes, long in, long out, Axes kernel, ConvTransposeOptions options, boolean withBias) {
        long groups = options.groups();
        if (in <= 0 || out <= 0 || groups <= 0 || in % groups != 0 || out % groups != 0) {
            throw new ArgumentException(
                    title(),
                    "in = " + in + " and out = " + out + " channels must be positive multiples of groups = " + groups,
                    Fault.BAD_ARGUMENT);
        }
        Axes sizes = Spread.over(title(), "kernelSize", kernel, axes);
        Shape shape = Shape.of(in, out / groups).concat(Shape.of(sizes.toArray()));
        long fan = out / groups * Shape.of(sizes.toArray()).count();
        this.options = options;
        this.weight = parameter("weight", Init.uniformFan(Tensors.empty(shape.sizes()), fan));
        this.bias = parameter("bias", withBias ? Init.uniformFan(Tensors.empty(out), fan) : null);
        this.description = in + ", " + out + ", kernelSize=" + sizes + ", stride=" + options.stride();
    }

    abstract Tensor transposed(Tensor input, ConvTransposeOptions how);

    @Override
    protected final Tensor forward(Tensor input) {
        return transposed(input, options);
    }

    /**
     * As {@code call(input)}, with a result of wanted sizes.
     *
     * @param sizes one for each spatial axis; none for the smallest result
     */
    public final Tensor call(Tensor input, long... sizes) {
        return sizes.length == 0 ? call(input) : scoped(input, x -> transposed(x, sized(x, sizes)));
    }

    /** The options by which the result gets the sizes. */
    private ConvTransposeOptions sized(Tensor input, long[] sizes) {
        int axes = weight.rank() - 2;
        Axes stride = Spread.over(title(), "stride", options.stride(), axes);
        Axes padding = Spread.over(title(), "padding", options.padding(), axes);
        Axes dilation = Spread.over(title(), "dilation", options.dilation(), axes);
        long[] more = new long[axes];
        for (int i = 0; i < axes; i++) {
            long in = input.size(input.rank() - axes + i);
            long least = (in - 1) * stride.at(i) - 2 * padding.at(i) + dilation.at(i) * (weight.size(i + 2) - 1) + 1;
            more[i] = sizes[sizes.length - axes + i] - least;
            if (more[i] < 0 || more[i] >= stride.at(i)) {
                throw new ArgumentException(
                        title(),
                        "the result cannot have the sizes " + Axes.of(sizes) + ": axis " + i + " lies between " + least
                                + " and " + (least + stride.at(i) - 1),
                        Fault.BAD_ARGUMENT);
            }
        }
        return options.outputPadding(more);
    }

    @Override
    protected final String describe() {
        return description;
    }
}

package io.flambeau.nn.layer;

import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.Spread;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import org.jspecify.annotations.Nullable;

/** What the convolutions over 1, 2 and 3 axes share: weight [out, in / groups, kernel...] and bias [out]. */
abstract sealed class ConvNd extends Module permits Conv1d, Conv2d, Conv3d {
    final ConvOptions options;
    final Tensor weight;
    final @Nullable Tensor bias;
    private final String description;

    ConvNd(int axes, long in, long out, Axes kernel, ConvOptions options, boolean withBias) {
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
        this.options = options;
        this.weight = parameter("weight", Init.uniformFan(Tensors.empty(shape.sizes()), fan));
        this.bias = parameter("bias", withBias ? Init.uniformFan(Tensors.empty(out), fan) : null);
        this.description = in + ", " + out + ", kernelSize=" + sizes + ", stride=" + options.stride()
                + (options.same() ? ", padding=same" : ", padding=" + options.padding())
                + (groups == 1 ? "" : ", groups=" + groups) + (withBias ? "" : ", bias=false");
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

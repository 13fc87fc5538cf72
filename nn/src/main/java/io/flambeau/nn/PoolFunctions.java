package io.flambeau.nn;

import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.nn.functional.Spread;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.pool.AdaptiveAvgPool;
import io.flambeau.tensor.op.pool.AdaptiveMaxPool;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.FractionalMaxPool;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.Pooling;
import org.jspecify.annotations.Nullable;

/**
 * Pooling. Inputs are [N, C, ...] or [C, ...]; the forms with indices also give the places of the greatest elements
 * (I64), counted in row-major order within the spatial axes.
 */
abstract sealed class PoolFunctions extends AffineFunctions permits NormFunctions {
    PoolFunctions() {}

    public static Tensor maxPool1d(Tensor x, long kernel) {
        return maxPool1d(x, MaxPoolOptions.kernel(kernel));
    }

    public static Tensor maxPool1d(Tensor x, MaxPoolOptions options) {
        return maxPool1dWithIndices(x, options)[0];
    }

    public static Tensor[] maxPool1dWithIndices(Tensor x, MaxPoolOptions options) {
        return maxPool(1, x, options);
    }

    public static Tensor maxPool2d(Tensor x, long kernel) {
        return maxPool2d(x, MaxPoolOptions.kernel(kernel));
    }

    public static Tensor maxPool2d(Tensor x, MaxPoolOptions options) {
        return maxPool2dWithIndices(x, options)[0];
    }

    public static Tensor[] maxPool2dWithIndices(Tensor x, MaxPoolOptions options) {
        return maxPool(2, x, options);
    }

    public static Tensor maxPool3d(Tensor x, long kernel) {
        return maxPool3d(x, MaxPoolOptions.kernel(kernel));
    }

    public static Tensor maxPool3d(Tensor x, MaxPoolOptions options) {
        return maxPool3dWithIndices(x, options)[0];
    }

    public static Tensor[] maxPool3dWithIndices(Tensor x, MaxPoolOptions options) {
        return maxPool(3, x, options);
    }

    private static Tensor[] maxPool(int axes, Tensor x, MaxPoolOptions options) {
        String operation = "maxPool" + axes + "d";
        return all(operation, axes, x, new MaxPool(options.over(operation, axes)));
    }

    /** All outputs of an operation on the batch that x is or is alone in. */
    private static Tensor[] all(String operation, int axes, Tensor x, Derived op, Tensor... more) {
        Tensor[] in = new Tensor[1 + more.length];
        in[0] = batched(operation, x, axes);
        System.arraycopy(more, 0, in, 1, more.length);
        Tensor[] out = Tensor.bindAll(op, in);
        for (int i = 0; i < out.length; i++) {
            out[i] = like(x, axes, out[i]);
        }
        return out;
    }

    public static Tensor avgPool1d(Tensor x, long kernel) {
        return avgPool1d(x, AvgPoolOptions.kernel(kernel));
    }

    public static Tensor avgPool1d(Tensor x, AvgPoolOptions options) {
        return avgPool(1, x, options);
    }

    public static Tensor avgPool2d(Tensor x, long kernel) {
        return avgPool2d(x, AvgPoolOptions.kernel(kernel));
    }

    public static Tensor avgPool2d(Tensor x, AvgPoolOptions options) {
        return avgPool(2, x, options);
    }

    public static Tensor avgPool3d(Tensor x, long kernel) {
        return avgPool3d(x, AvgPoolOptions.kernel(kernel));
    }

    public static Tensor avgPool3d(Tensor x, AvgPoolOptions options) {
        return avgPool(3, x, options);
    }

    private static Tensor avgPool(int axes, Tensor x, AvgPoolOptions options) {
        String operation = "avgPool" + axes + "d";
        return all(operation, axes, x, options.over(operation, axes))[0];
    }

    /** The p-norm of each window: the p-th root of the sum of p-th powers. */
    public static Tensor lpPool1d(Tensor x, double p, AvgPoolOptions options) {
        return lpPool(1, x, p, options);
    }

    /** As {@link #lpPool1d}, over two axes. */
    public static Tensor lpPool2d(Tensor x, double p, AvgPoolOptions options) {
        return lpPool(2, x, p, options);
    }

    /** As {@link #lpPool1d}, over three axes. */
    public static Tensor lpPool3d(Tensor x, double p, AvgPoolOptions options) {
        return lpPool(3, x, p, options);
    }

    private static Tensor lpPool(int axes, Tensor x, double p, AvgPoolOptions options) {
        AvgPool pool = options.over("lpPool" + axes + "d", axes);
        Tensor mean = all("lpPool" + axes + "d", axes, x.pow(p), pool)[0];
        long size = Shape.of(pool.pooling().kernel().toArray()).count();
        return mean.sign().mul(mean.abs().relu()).mul(size).pow(1 / p);
    }

    public static Tensor adaptiveAvgPool1d(Tensor x, long size) {
        return adaptiveAvgPool(1, x, size);
    }

    /** The means of so many windows along each axis; one number stands for all. */
    public static Tensor adaptiveAvgPool2d(Tensor x, long... sizes) {
        return adaptiveAvgPool(2, x, sizes);
    }

    public static Tensor adaptiveAvgPool3d(Tensor x, long... sizes) {
        return adaptiveAvgPool(3, x, sizes);
    }

    private static Tensor adaptiveAvgPool(int axes, Tensor x, long... sizes) {
        String operation = "adaptiveAvgPool" + axes + "d";
        Axes wanted = sizes(operation, axes, x, sizes);
        Pooling even = even(x, wanted);
        Derived op = even == null ? new AdaptiveAvgPool(wanted) : new AvgPool(even, true, 0);
        return all(operation, axes, x, op)[0];
    }

    public static Tensor adaptiveMaxPool1d(Tensor x, long size) {
        return adaptiveMaxPool1dWithIndices(x, size)[0];
    }

    public static Tensor[] adaptiveMaxPool1dWithIndices(Tensor x, long size) {
        return adaptiveMaxPool(1, x, size);
    }

    /** The greatest elements of so many windows along each axis; one number stands for all. */
    public static Tensor adaptiveMaxPool2d(Tensor x, long... sizes) {
        return adaptiveMaxPool2dWithIndices(x, sizes)[0];
    }

    public static Tensor[] adaptiveMaxPool2dWithIndices(Tensor x, long... sizes) {
        return adaptiveMaxPool(2, x, sizes);
    }

    public static Tensor adaptiveMaxPool3d(Tensor x, long... sizes) {
        return adaptiveMaxPool3dWithIndices(x, sizes)[0];
    }

    public static Tensor[] adaptiveMaxPool3dWithIndices(Tensor x, long... sizes) {
        return adaptiveMaxPool(3, x, sizes);
    }

    private static Tensor[] adaptiveMaxPool(int axes, Tensor x, long... sizes) {
        String operation = "adaptiveMaxPool" + axes + "d";
        Axes wanted = sizes(operation, axes, x, sizes);
        Pooling even = even(x, wanted);
        return all(operation, axes, x, even == null ? new AdaptiveMaxPool(wanted) : new MaxPool(even));
    }

    /** The number of windows along each axis. */
    private static Axes sizes(String operation, int axes, Tensor x, long... sizes) {
        batched(operation, x, axes);
        long[] wanted =
                Spread.over(operation, "outputSize", Axes.of(sizes), axes).toArray();
        for (int i = 0; i < axes; i++) {
            long size = x.size(i - axes);
            if (wanted[i] < 0) {
                throw new ArgumentException(
                        operation,
                        "outputSize is " + Axes.of(sizes) + "; sizes must not be negative",
                        Fault.BAD_ARGUMENT);
            }
            if (size == 0 && wanted[i] != 0) {
                throw new ShapeException(
                        operation,
                        "axis " + (i - axes) + " of the input " + x.shape() + " has no elements",
                        Fault.BAD_SHAPE);
            }
        }
        return Axes.of(wanted);
    }

    /** The windows where each has the same size and none overlap, or null. */
    private static @Nullable Pooling even(Tensor x, Axes sizes) {
        int axes = sizes.count();
        long[] kernel = new long[axes];
        for (int i = 0; i < axes; i++) {
            long size = x.size(i - axes);
            if (sizes.at(i) == 0 || size % sizes.at(i) != 0 || x.count() == 0) {
                return null;
            }
            kernel[i] = size / sizes.at(i);
        }
        Axes one = Axes.of(kernel);
        Axes none = Axes.of(new long[axes]);
        return new Pooling(one, one, none, Spread.over("pool", "dilation", Axes.of(1L), axes), false);
    }

    /** The greatest elements of windows at pseudo-random places, and their indices; so many along each axis. */
    public static Tensor[] fractionalMaxPool2dWithIndices(Tensor x, long[] kernel, long[] sizes) {
        return fractionalMaxPool(2, x, kernel, sizes, null);
    }

    /** As {@link #fractionalMaxPool2dWithIndices(Tensor, long[], long[])} with given samples [N, C, 2] from [0, 1). */
    public static Tensor[] fractionalMaxPool2dWithIndices(Tensor x, long[] kernel, long[] sizes, Tensor samples) {
        return fractionalMaxPool(2, x, kernel, sizes, samples);
    }

    /** The greatest elements of windows at pseudo-random places, and their indices; so many along each axis. */
    public static Tensor[] fractionalMaxPool3dWithIndices(Tensor x, long[] kernel, long[] sizes) {
        return fractionalMaxPool(3, x, kernel, sizes, null);
    }

    /** As {@link #fractionalMaxPool3dWithIndices(Tensor, long[], long[])} with given samples [N, C, 3] from [0, 1). */
    public static Tensor[] fractionalMaxPool3dWithIndices(Tensor x, long[] kernel, long[] sizes, Tensor samples) {
        return fractionalMaxPool(3, x, kernel, sizes, samples);
    }

    private static Tensor[] fractionalMaxPool(
            int axes, Tensor x, long[] kernel, long[] sizes, @Nullable Tensor samples) {
        String operation = "fractionalMaxPool" + axes + "d";
        Shape planes = batched(operation, x, axes).shape().range(0, 2);
        Tensor drawn = samples != null
                ? samples
                : Tensors.rand(Generator.standard(), x.spec().with(planes.concat(Shape.of(axes))));
        FractionalMaxPool op = new FractionalMaxPool(
                Spread.over(operation, "kernelSize", Axes.of(kernel), axes),
                Spread.over(operation, "outputSize", Axes.of(sizes), axes));
        return all(operation, axes, x, op, drawn);
    }

    /** The elements of x put back at the places that a max pooling took them from, zeros elsewhere. */
    public static Tensor maxUnpool1d(Tensor x, Tensor indices, MaxPoolOptions options, long @Nullable ... size) {
        return maxUnpool(1, x, indices, options, size);
    }

    public static Tensor maxUnpool2d(Tensor x, Tensor indices, MaxPoolOptions options, long @Nullable ... size) {
        return maxUnpool(2, x, indices, options, size);
    }

    /**
     * @param size the spatial sizes of the result, perhaps after batch and channels; none for those that the windows
     *     cover
     */
    public static Tensor maxUnpool3d(Tensor x, Tensor indices, MaxPoolOptions options, long @Nullable ... size) {
        return maxUnpool(3, x, indices, options, size);
    }

    private static Tensor maxUnpool(
            int axes, Tensor x, Tensor indices, MaxPoolOptions options, long @Nullable [] size) {
        String operation = "maxUnpool" + axes + "d";
        Pooling pooling = options.over(operation, axes);
        Tensor batch = batched(operation, x, axes);
        if (!indices.shape().equals(x.shape())) {
            throw new ShapeException(
                    operation,
                    "the indices must have the shape " + x.shape() + " of the input, not " + indices.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        long[] sizes = new long[axes];
        for (int i = 0; i < axes; i++) {
            long covered = (batch.size(i + 2) - 1) * pooling.stride().at(i)
                    + pooling.kernel().at(i)
                    - 2 * pooling.padding().at(i);
            sizes[i] = size == null || size.length == 0 ? covered : size[size.length - axes + i];
            if (Math.abs(sizes[i] - covered) >= pooling.stride().at(i) && sizes[i] != covered) {
                throw new ArgumentException(
                        operation,
                        "outputSize " + Axes.of(size == null ? sizes : size) + " must be within one stride "
                                + pooling.stride() + " of what the windows cover, " + covered + " along axis "
                                + (i + 2),
                        Fault.BAD_ARGUMENT);
            }
        }
        Shape planes = batch.shape().range(0, 2);
        Shape spatial = Shape.of(sizes);
        Shape flat = planes.concat(Shape.of(batch.shape().range(2, axes + 2).count()));
        Tensor y = batch.newZeros(planes.concat(Shape.of(spatial.count())))
                .scatter(2, indices.to(DType.I64).reshape(flat), batch.reshape(flat))
                .reshape(planes.concat(spatial));
        return like(x, axes, y);
    }
}

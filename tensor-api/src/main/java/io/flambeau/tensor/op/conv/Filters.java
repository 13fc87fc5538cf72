package io.flambeau.tensor.op.conv;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import java.util.Arrays;

/** What the three convolution operations share: weights as matrices, windows as columns. */
final class Filters {
    private Filters() {}

    static Axes spatial(Shape shape) {
        return Axes.of(shape.range(2, shape.rank()).sizes());
    }

    /** Checks what holds for any two of the three tensors of a convolution. */
    static void check(Op op, Sliding sliding, long groups, Spec first, Spec second) {
        Laws.requireRank(op, "the input", first, sliding.axes() + 2);
        Laws.requireRank(op, "the weight", second, sliding.axes() + 2);
        Laws.requireLike(op, "the weight", second, first);
        requireNumber(op, first);
        for (int i = 0; i < sliding.axes(); i++) {
            if (sliding.stride().at(i) < 1 || sliding.dilation().at(i) < 1) {
                throw new ShapeException(
                        op.title(),
                        "stride " + sliding.stride() + " and dilation " + sliding.dilation() + " must be positive",
                        Fault.BAD_ARGUMENT);
            }
        }
        if (groups < 1 || second.shape().size(0) % groups != 0) {
            throw new ShapeException(
                    op.title(),
                    "groups is " + groups + " and does not divide the "
                            + second.shape().size(0) + " first sizes of the weight " + second.shape(),
                    Fault.BAD_ARGUMENT);
        }
    }

    static void requireNumber(Op op, Spec x) {
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(op.title(), "is not defined for bool; convert with to(dtype)", Fault.BAD_DTYPE);
        }
    }

    /** The windows of x [N, C, ...] as [N, groups, C / groups * kernel, windows]. */
    static Tensor columns(Sliding sliding, long groups, Tensor x, Shape weight) {
        long n = x.size(0);
        long channels = weight.size(1);
        Shape kernel = weight.range(2, weight.rank());
        Shape split = Shape.of(n * groups, channels).concat(x.shape().range(2, x.rank()));
        Tensor patches = sliding.patches(x.reshape(split), kernel, Scalar.ZERO);
        Tensor turned = patches.permute(turned(sliding.axes()));
        long windows = turned.shape().range(sliding.axes() + 2, turned.rank()).count();
        return turned.reshape(n, groups, channels * kernel.count(), windows);
    }

    /** The order that swaps the windows' axes with the kernel's; it is its own inverse. */
    static int[] turned(int axes) {
        int[] order = new int[2 + 2 * axes];
        order[1] = 1;
        for (int i = 0; i < axes; i++) {
            order[2 + i] = 2 + axes + i;
            order[2 + axes + i] = 2 + i;
        }
        return order;
    }

    /** A weight [O, C / groups, ...] as [N, groups, O / groups, C / groups * kernel]. */
    static Tensor matrices(Tensor weight, long groups, long n) {
        long rows = weight.size(0) / groups;
        long columns = weight.shape().range(1, weight.rank()).count();
        return weight.reshape(1, groups, rows, columns).expand(n, groups, rows, columns);
    }

    /** A vector over channels as [1, C, 1, ...]. */
    static Tensor channels(Tensor bias, int axes) {
        long[] sizes = new long[axes + 2];
        Arrays.fill(sizes, 1);
        sizes[1] = bias.size(0);
        return bias.reshape(sizes);
    }

    /** The axes of samples and space. */
    static int[] allButChannels(int rank) {
        int[] axes = new int[rank - 1];
        for (int i = 1; i < axes.length; i++) {
            axes[i] = i + 1;
        }
        return axes;
    }
}

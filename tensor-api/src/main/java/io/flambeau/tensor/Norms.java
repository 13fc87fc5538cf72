package io.flambeau.tensor;

import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.linalg.Spectrum;
import io.flambeau.tensor.op.linalg.VectorNorm;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Norms of vectors and matrices, which {@link Linalg} offers. */
final class Norms {
    private Norms() {}

    /** The p-norm along axes; along all without any. */
    static Tensor vector(Tensor x, double p, boolean keep, int... axes) {
        int[] over = axes(x, axes);
        Tensor norm = Tensor.bind(new VectorNorm(p, Axes.of(over)), x);
        return keep || over.length == 0 ? norm : drop(norm, over);
    }

    /** The norm of matrices that two axes make. */
    static Tensor matrix(Tensor x, String order, boolean keep, int row, int column) {
        require(x, row, column);
        return switch (order) {
            case "fro" -> vector(x, 2, keep, row, column);
            case "nuc" -> kept(x, singularValues(x, row, column).sum(-1), keep, row, column);
            default ->
                throw new ArgumentException(
                        "matrixNorm",
                        "order '" + order + "' is neither 'fro' nor 'nuc' nor a number",
                        Fault.BAD_ARGUMENT);
        };
    }

    static Tensor matrix(Tensor x, double order, boolean keep, int row, int column) {
        require(x, row, column);
        double size = Math.abs(order);
        if (size != 1 && size != 2 && size != Double.POSITIVE_INFINITY) {
            throw new ArgumentException(
                    "matrixNorm",
                    "order " + order + " of a matrix is none of 1, -1, 2, -2, inf, -inf, 'fro', 'nuc'",
                    Fault.BAD_ARGUMENT);
        }
        if (x.size(row) == 0 || x.size(column) == 0) {
            return vector(x, 1, keep, row, column);
        }
        Tensor values;
        if (size == 2) {
            values = singularValues(x, row, column);
        } else {
            int a = x.shape().axis("matrixNorm", row);
            int b = x.shape().axis("matrixNorm", column);
            values = x.movedim(new int[] {a, b}, new int[] {-2, -1}).abs().sum(size == 1 ? -2 : -1);
        }
        return kept(x, order > 0 ? values.amax(-1) : values.amin(-1), keep, row, column);
    }

    /** numpy's rules of which norm an order and axes mean. */
    static Tensor of(Tensor x, @Nullable Object order, boolean keep, int @Nullable [] axes) {
        if (axes != null && axes.length != 1 && axes.length != 2 && order != null) {
            throw new ShapeException(
                    "norm", "an order needs one axis or two, there are " + axes.length, Fault.BAD_AXIS);
        }
        boolean isMatrix = axes == null ? order != null && x.rank() != 1 : axes.length == 2 && order != null;
        if (!isMatrix) {
            if (order instanceof String name) {
                throw new ArgumentException(
                        "norm", "order '" + name + "' needs matrices; the shape is " + x.shape(), Fault.BAD_ARGUMENT);
            }
            double p = order == null ? 2 : ((Number) order).doubleValue();
            return vector(x, p, keep, axes == null ? new int[0] : axes);
        }
        if (axes == null && x.rank() != 2) {
            throw new ShapeException(
                    "norm",
                    "with an order and no axes the input must be a vector or a matrix, its shape is " + x.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        int row = axes == null ? -2 : axes[0];
        int column = axes == null ? -1 : axes[1];
        return order instanceof String name
                ? matrix(x, name, keep, row, column)
                : matrix(x, ((Number) Objects.requireNonNull(order)).doubleValue(), keep, row, column);
    }

    private static void require(Tensor x, int row, int column) {
        if (!x.dtype().isDifferentiable()) {
            throw new DTypeException(
                    "matrixNorm",
                    "needs a floating or complex dtype, not " + x.dtype() + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
        if (x.rank() < 2) {
            throw new ShapeException(
                    "matrixNorm", "needs at least two axes, the shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        if (x.shape().axis("matrixNorm", row) == x.shape().axis("matrixNorm", column)) {
            throw new ShapeException("matrixNorm", "axes " + row + " and " + column + " are the same", Fault.BAD_AXIS);
        }
    }

    private static Tensor singularValues(Tensor x, int row, int column) {
        int a = x.shape().axis("matrixNorm", row);
        int b = x.shape().axis("matrixNorm", column);
        return Tensor.bind(Spectrum.SVDVALS, x.movedim(new int[] {a, b}, new int[] {-2, -1}));
    }

    private static Tensor kept(Tensor x, Tensor norm, boolean keep, int row, int column) {
        if (!keep) {
            return norm;
        }
        int a = x.shape().axis("matrixNorm", row);
        int b = x.shape().axis("matrixNorm", column);
        return norm.unsqueeze(Math.min(a, b)).unsqueeze(Math.max(a, b));
    }

    private static int[] axes(Tensor x, int... axes) {
        int[] over = new int[axes.length == 0 ? x.rank() : axes.length];
        long seen = 0;
        for (int i = 0; i < over.length; i++) {
            over[i] = axes.length == 0 ? i : x.rank() == 0 ? 0 : x.shape().axis("vectorNorm", axes[i]);
            if ((seen >>> over[i] & 1) != 0) {
                throw new ShapeException("vectorNorm", "axis " + axes[i] + " is named twice", Fault.BAD_AXIS);
            }
            seen |= 1L << over[i];
        }
        return x.rank() == 0 ? new int[0] : over;
    }

    private static Tensor drop(Tensor norm, int[] axes) {
        Shape shape = norm.shape();
        int[] ascending = axes.clone();
        Arrays.sort(ascending);
        for (int i = ascending.length - 1; i >= 0; i--) {
            shape = shape.without(ascending[i]);
        }
        return norm.reshape(shape);
    }
}

package io.flambeau.tensor;

import io.flambeau.tensor.op.linalg.Parts;
import org.jspecify.annotations.Nullable;

/** Products of several matrices and of tensors seen as matrices, which {@link Linalg} offers. */
final class Chains {
    private Chains() {}

    static Tensor power(Tensor a, long n) {
        if (a.rank() < 2 || a.size(-1) != a.size(-2)) {
            throw new ShapeException(
                    "matrixPower", "A must be square, its shape is " + a.shape(), Fault.SHAPE_MISMATCH);
        }
        if (n == 0) {
            // Taken everywhere, so that A has a gradient of zeros.
            Tensor identity = Parts.identity(a);
            return identity.where(identity.eq(identity), a);
        }
        Tensor base = n < 0 ? Linalg.inv(a) : a;
        Tensor result = null;
        for (long rest = Math.absExact(n); rest > 1; rest >>= 1) {
            if ((rest & 1) != 0) {
                result = result == null ? base : result.matmul(base);
            }
            base = base.matmul(base);
        }
        if (result == null) {
            return n == 1 ? base.clone() : base;
        }
        return result.matmul(base);
    }

    static Tensor multiDot(Tensor... tensors) {
        int count = tensors.length;
        if (count < 2) {
            throw new ArgumentException(
                    "multiDot", "needs at least two tensors, there are " + count, Fault.BAD_ARGUMENT);
        }
        Tensor[] matrices = tensors.clone();
        boolean row = tensors[0].rank() == 1;
        boolean column = tensors[count - 1].rank() == 1;
        matrices[0] = row ? tensors[0].unsqueeze(0) : tensors[0];
        matrices[count - 1] = column ? tensors[count - 1].unsqueeze(1) : tensors[count - 1];
        long[] sizes = new long[count + 1];
        for (int i = 0; i < count; i++) {
            if (matrices[i].rank() != 2) {
                throw new ShapeException(
                        "multiDot",
                        "tensor " + i + " must be a matrix" + (i == 0 || i == count - 1 ? " or a vector" : "")
                                + ", its shape is " + tensors[i].shape(),
                        Fault.SHAPE_MISMATCH);
            }
            if (i > 0 && matrices[i].size(0) != sizes[i]) {
                throw new ShapeException(
                        "multiDot",
                        "tensors " + (i - 1) + " of shape " + tensors[i - 1].shape() + " and " + i + " of shape "
                                + tensors[i].shape() + " do not fit",
                        Fault.SHAPE_MISMATCH);
            }
            sizes[i] = matrices[i].size(0);
            sizes[i + 1] = matrices[i].size(1);
        }
        Tensor product = product(matrices, splits(sizes), 0, count - 1);
        product = row ? product.squeeze(0) : product;
        return column ? product.squeeze(-1) : product;
    }

    private static Tensor product(Tensor[] matrices, int[][] splits, int from, int to) {
        if (from == to) {
            return matrices[from];
        }
        int middle = splits[from][to];
        return product(matrices, splits, from, middle).matmul(product(matrices, splits, middle + 1, to));
    }

    /** Where to split the product of matrices i … j for the fewest multiplications (Cormen et al., section 14.2). */
    private static int[][] splits(long[] sizes) {
        int count = sizes.length - 1;
        double[][] cost = new double[count][count];
        int[][] split = new int[count][count];
        for (int length = 2; length <= count; length++) {
            for (int i = 0; i + length <= count; i++) {
                int j = i + length - 1;
                cost[i][j] = Double.POSITIVE_INFINITY;
                for (int k = i; k < j; k++) {
                    double c = cost[i][k] + cost[k + 1][j] + (double) sizes[i] * sizes[k + 1] * sizes[j + 1];
                    // As in PyTorch, three factors of equal cost are multiplied from the left, more from the right.
                    if (c < cost[i][j] || count == 3 && c == cost[i][j]) {
                        cost[i][j] = c;
                        split[i][j] = k;
                    }
                }
            }
        }
        return split;
    }

    static Tensor cross(Tensor x, Tensor y, int axis) {
        if (x.rank() != y.rank()) {
            throw new ShapeException(
                    "cross",
                    "shapes " + x.shape() + " and " + y.shape() + " have different numbers of axes",
                    Fault.SHAPE_MISMATCH);
        }
        int along = x.shape().axis("cross", axis);
        if (x.size(along) != 3 || y.size(along) != 3) {
            throw new ShapeException(
                    "cross",
                    "axis " + axis + " must have size 3 in both; the shapes are " + x.shape() + " and " + y.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        return turned(x, along, 1)
                .mul(turned(y, along, 2))
                .sub(turned(x, along, 2).mul(turned(y, along, 1)));
    }

    /** The three elements along an axis, rotated: element i is x[(i + by) % 3]. */
    private static Tensor turned(Tensor x, int axis, int by) {
        return x.narrow(axis, by, 3 - by).cat(axis, x.narrow(axis, 0, by));
    }

    static Tensor vander(Tensor x, @Nullable Long n) {
        Tensor base = x.rank() == 0 ? x.unsqueeze(0) : x;
        if (base.dtype() == DType.BOOL) {
            throw new DTypeException("vander", "is not defined for bool; convert with to(dtype)", Fault.BAD_DTYPE);
        }
        long count = n == null ? base.size(-1) : n;
        if (count <= 1) {
            throw new ArgumentException("vander", "N must be greater than 1, it is " + count, Fault.BAD_ARGUMENT);
        }
        Tensor column = base.unsqueeze(-1);
        Tensor powers = column.expand(base.shape().concat(Shape.of(count - 1))).cumprod(-1);
        Tensor ones = Tensors.full(powers.spec().with(column.shape()), Scalar.ONE);
        return ones.cat(-1, powers);
    }

    static Tensor tensorinv(Tensor a, int ind) {
        if (ind <= 0 || ind > a.rank()) {
            throw new ArgumentException(
                    "tensorinv", "ind must be from 1 to " + a.rank() + ", it is " + ind, Fault.BAD_ARGUMENT);
        }
        Shape head = a.shape().range(0, ind);
        Shape tail = a.shape().range(ind, a.rank());
        if (head.count() != tail.count()) {
            throw new ShapeException(
                    "tensorinv",
                    "the first " + ind + " sizes of " + a.shape() + " have the product " + head.count()
                            + ", the others " + tail.count(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensor inverse = Linalg.inv(a.reshape(head.count(), tail.count()));
        return inverse.reshape(tail.concat(head));
    }

    static Tensor tensorsolve(Tensor a, Tensor b, int... axes) {
        Tensor moved = a;
        if (axes.length > 0) {
            int[] ends = new int[axes.length];
            for (int i = 0; i < ends.length; i++) {
                ends[i] = i - ends.length;
            }
            moved = a.movedim(axes, ends);
        }
        if (b.rank() > a.rank()) {
            throw new ShapeException(
                    "tensorsolve",
                    "B of shape " + b.shape() + " has more axes than A of " + a.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Shape result = moved.shape().range(b.rank(), moved.rank());
        long n = result.count();
        if (n != b.count() || moved.count() != n * n) {
            throw new ShapeException(
                    "tensorsolve",
                    "A of shape " + moved.shape() + " is not square as a matrix of " + b.count() + " x " + n,
                    Fault.SHAPE_MISMATCH);
        }
        return Linalg.solve(moved.reshape(n, n), b.reshape(n)).reshape(result);
    }
}

package io.flambeau.nn;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Distances between vectors. */
abstract sealed class DistanceFunctions extends EmbeddingFunctions permits LossFunctions {
    DistanceFunctions() {}

    public static Tensor cosineSimilarity(Tensor x1, Tensor x2) {
        return cosineSimilarity(x1, x2, 1, 1e-8);
    }

    /** The inner product of vectors along an axis over the product of their norms, each at least eps. */
    public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int axis, double eps) {
        DType dtype = DType.promote(x1.dtype(), x2.dtype());
        if (!dtype.isDifferentiable()) {
            throw new DTypeException(
                    "cosineSimilarity",
                    "needs floating dtypes, not " + x1.dtype() + " and " + x2.dtype(),
                    Fault.BAD_DTYPE);
        }
        Shape shape = Shape.broadcast("cosineSimilarity", x1.shape(), x2.shape());
        Tensor a = x1.to(dtype).expand(shape);
        Tensor b = x2.to(dtype).expand(shape);
        return unit(a, axis, eps).mul(unit(b, axis, eps)).sum(axis);
    }

    private static Tensor unit(Tensor x, int axis, double eps) {
        Tensor norm = Linalg.vectorNorm(x, 2, true, axis);
        // A norm below eps is raised, but its gradient is as if it were not, as in PyTorch.
        Tensor lack = norm.detach().rsub(eps).relu();
        return x.div(norm.add(lack));
    }

    public static Tensor pairwiseDistance(Tensor x1, Tensor x2) {
        return pairwiseDistance(x1, x2, 2, 1e-6, false);
    }

    /** The p-norm of x1 - x2 + eps along the last axis. */
    public static Tensor pairwiseDistance(Tensor x1, Tensor x2, double p, double eps, boolean keep) {
        Tensor norm = Linalg.vectorNorm(x1.sub(x2).add(eps), p, true, -1);
        return keep ? norm : norm.squeeze(-1);
    }

    /** The distances of all pairs of rows of x [N, M] in the order (0, 1), (0, 2), ...: N (N - 1) / 2 of them. */
    public static Tensor pdist(Tensor x, double p) {
        if (x.rank() != 2) {
            throw new ShapeException(
                    "pdist", "the input must have 2 axes, its shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        int n = Math.toIntExact(x.size(0));
        int pairs = Math.max(n * (n - 1) / 2, 0);
        if (pairs == 0) {
            return x.reshape(x.count()).narrow(0, 0, 0);
        }
        long[] left = new long[pairs];
        long[] right = new long[pairs];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                left[at] = i;
                right[at++] = j;
            }
        }
        Tensor difference = x.indexSelect(0, on(x, left)).sub(x.indexSelect(0, on(x, right)));
        return x.size(1) == 0
                ? difference.sum(1)
                : Linalg.vectorNorm(difference, p, true, 1).squeeze(1);
    }

    private static Tensor on(Tensor x, long[] values) {
        return Tensors.withDevice(x.device(), () -> Tensors.of(values));
    }
}

package io.flambeau.nn;

import io.flambeau.nn.functional.EmbeddingBagOptions;
import io.flambeau.nn.functional.EmbeddingOptions;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.embedding.Embedding;
import org.jspecify.annotations.Nullable;

/** Rows of tables, and classes as vectors. */
abstract sealed class EmbeddingFunctions extends NormFunctions permits DistanceFunctions {
    EmbeddingFunctions() {}

    /** The rows of the weight at the indices: [..., width]. */
    public static Tensor embedding(Tensor indices, Tensor weight) {
        return embedding(indices, weight, EmbeddingOptions.options());
    }

    /**
     * The rows of the weight at the indices: [..., width].
     *
     * @param indices integers [...]
     * @param weight [rows, width]
     */
    public static Tensor embedding(Tensor indices, Tensor weight, EmbeddingOptions options) {
        Tensor index = index("embedding", indices);
        long padding = padding("embedding", weight, options.paddingIndex());
        Double bound = options.maxNorm();
        if (bound != null) {
            renorm(weight, index, bound, options.normType());
        }
        return Tensors.bind(new Embedding(padding, options.scaleGradByFrequency()), weight, index);
    }

    private static Tensor index(String operation, Tensor indices) {
        if (indices.dtype() != DType.I64 && indices.dtype() != DType.I32) {
            throw new DTypeException(
                    operation, "the indices must be int32 or int64, not " + indices.dtype(), Fault.BAD_DTYPE);
        }
        return indices.to(DType.I64);
    }

    private static long padding(String operation, Tensor weight, @Nullable Long index) {
        if (weight.rank() != 2) {
            throw new ShapeException(
                    operation, "the weight must have 2 axes, its shape is " + weight.shape(), Fault.SHAPE_MISMATCH);
        }
        if (index == null) {
            return -1;
        }
        long rows = weight.size(0);
        if (index < -rows || index >= rows) {
            throw new ArgumentException(
                    operation, "paddingIndex " + index + " is none of the " + rows + " rows", Fault.BAD_ARGUMENT);
        }
        return index < 0 ? index + rows : index;
    }

    /** Scales down, in place, the rows at the indices whose norm is greater than a bound. */
    private static void renorm(Tensor weight, Tensor indices, double bound, double p) {
        Tensors.noGrad(() -> {
            Tensor flat = indices.reshape(indices.count());
            Tensor rows = weight.detach().indexSelect(0, flat);
            Tensor norm = Linalg.vectorNorm(rows, p, true, 1);
            Tensor scale = norm.add(1e-7).reciprocal().mul(bound).where(norm.gt(bound), norm.onesLike());
            Tensor index = flat.unsqueeze(1).expand(rows.shape());
            weight.copy_(weight.detach().scatter(0, index, rows.mul(scale)));
        });
    }

    /** Rows of the weight, summed, averaged or compared bag by bag: [bags, width]. */
    public static Tensor embeddingBag(Tensor indices, Tensor weight, EmbeddingBagOptions options) {
        String operation = "embeddingBag";
        Tensor index = index(operation, indices);
        long padding = padding(operation, weight, options.paddingIndex());
        Double bound = options.maxNorm();
        if (bound != null) {
            renorm(weight, index, bound, options.normType());
        }
        Tensor bags;
        long count;
        if (index.rank() == 2) {
            if (options.offsets() != null) {
                throw new ArgumentException(
                        operation,
                        "offsets must be null where the indices have 2 axes: rows are bags",
                        Fault.BAD_ARGUMENT);
            }
            count = index.size(0);
            bags = places(count, index).unsqueeze(1).expand(index.shape()).reshape(index.count());
        } else {
            Tensor offsets = options.offsets();
            if (index.rank() != 1 || offsets == null || offsets.rank() != 1) {
                throw new ShapeException(
                        operation,
                        "indices must be [bags, size], or a vector with a vector of offsets; their shape is "
                                + index.shape(),
                        Fault.SHAPE_MISMATCH);
            }
            count = offsets.size(0) - (options.includeLastOffset() ? 1 : 0);
            bags = bags(offsets.to(DType.I64).narrow(0, 0, count), index.size(0));
        }
        Tensor weights = options.perSampleWeights();
        if (weights != null && !(options.mode() == EmbeddingBagOptions.Mode.SUM)) {
            throw new ArgumentException(
                    operation, "perSampleWeights need mode SUM, it is " + options.mode(), Fault.BAD_ARGUMENT);
        }
        if (weights != null && !weights.shape().equals(indices.shape())) {
            throw new ShapeException(
                    operation,
                    "perSampleWeights must have the shape " + indices.shape() + " of the indices, not "
                            + weights.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensor flat = index.reshape(index.count());
        Tensor rows = Tensors.bind(new Embedding(padding, options.scaleGradByFrequency()), weight, flat);
        if (weights != null) {
            rows = rows.mul(weights.reshape(flat.count(), 1));
        }
        Tensor counted = flat.ne(padding).unsqueeze(1);
        return combined(rows, bags, count, padding < 0 ? null : counted, options.mode());
    }

    private static Tensor places(long count, Tensor like) {
        return Tensors.withDevice(like.device(), () -> Tensors.arange(count));
    }

    /** The bag of each of so many indices: how many offsets lie at or before it. */
    private static Tensor bags(Tensor offsets, long count) {
        Tensor marks = offsets.newZeros(Shape.of(count + 1)).scatterAdd(0, offsets, offsets.onesLike());
        return marks.cumsum(0).sub(1).narrow(0, 0, count);
    }

    private static Tensor combined(
            Tensor rows, Tensor bags, long count, @Nullable Tensor counted, EmbeddingBagOptions.Mode mode) {
        Shape shape = Shape.of(count, rows.size(1));
        Tensor index = bags.unsqueeze(1).expand(rows.shape());
        Tensor ones = counted == null ? rows.newFull(Shape.of(rows.size(0), 1), Scalar.ONE) : counted.to(rows.dtype());
        Tensor sizes = rows.newZeros(Shape.of(count, 1)).scatterAdd(0, bags.unsqueeze(1), ones);
        if (mode == EmbeddingBagOptions.Mode.MAX) {
            Scalar least = Scalar.of(Double.NEGATIVE_INFINITY);
            Tensor values = counted == null ? rows : rows.where(counted, rows.fullLike(least));
            Tensor greatest = rows.newFull(shape, least).scatterReduce(0, index, values, "amax", true);
            return greatest.zerosLike().where(sizes.eq(0), greatest);
        }
        Tensor sum = rows.newZeros(shape).scatterAdd(0, index, rows.mul(ones));
        if (mode == EmbeddingBagOptions.Mode.SUM) {
            return sum;
        }
        return sum.div(sizes.onesLike().where(sizes.eq(0), sizes));
    }

    /** Classes as vectors of zeros with a one: [..., classes], as many as the greatest index needs. */
    public static Tensor oneHot(Tensor indices) {
        return oneHot(indices, -1);
    }

    /**
     * Classes as vectors of zeros with a one: [..., classes] (I64).
     *
     * @param classes how many, or -1 for as many as the greatest index needs (which reads the data)
     */
    public static Tensor oneHot(Tensor indices, long classes) {
        if (indices.dtype() != DType.I64) {
            throw new DTypeException(
                    "oneHot",
                    "the indices must be int64, not " + indices.dtype() + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
        if (indices.count() == 0 && classes <= 0) {
            throw new ArgumentException(
                    "oneHot", "the number of classes cannot be found from no indices", Fault.BAD_ARGUMENT);
        }
        long known = classes == -1 ? indices.amax().itemLong() + 1 : classes;
        if (indices.count() > 0) {
            long least = indices.amin().itemLong();
            long greatest = classes == -1 ? known - 1 : indices.amax().itemLong();
            if (least < 0 || greatest >= known) {
                throw new ArgumentException(
                        "oneHot",
                        "indices go from " + least + " to " + greatest + "; they must be from 0 to before " + known,
                        Fault.BAD_ARGUMENT);
            }
        }
        return indices.unsqueeze(-1).eq(places(known, indices)).to(DType.I64);
    }
}

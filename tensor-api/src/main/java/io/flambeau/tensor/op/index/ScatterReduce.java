package io.flambeau.tensor.op.index;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Scatter;

/** Scatters that combine, in terms of the primitive ones. */
public final class ScatterReduce {
    private ScatterReduce() {}

    /** See {@link io.flambeau.tensor.Indexing#scatterReduce}. */
    public static Tensor of(Tensor x, int axis, Tensor index, Tensor source, String reduction, boolean includeSelf) {
        Scatter.Kind kind = switch (reduction) {
            case "sum", "mean" -> Scatter.Kind.ADD;
            case "prod" -> Scatter.Kind.MUL;
            case "amax" -> Scatter.Kind.MAX;
            case "amin" -> Scatter.Kind.MIN;
            default ->
                throw new ArgumentException(
                        "scatterReduce",
                        "reduction is '" + reduction + "'; it must be sum, prod, mean, amax or amin",
                        Fault.BAD_ARGUMENT);
        };
        if (x.rank() == 0) {
            return of(x.reshape(1), axis, index.reshape(-1), source.reshape(-1), reduction, includeSelf)
                    .reshape();
        }
        if (index.count() == 0) {
            return x.clone();
        }
        int a = x.shape().axis("scatterReduce", axis);
        Tensor base = includeSelf ? x : neutral(x, a, index, kind);
        Tensor combined = Tensor.bind(new Scatter(kind, a), base, index.to(DType.I64), source);
        if (!reduction.equals("mean")) {
            return combined;
        }
        Tensor ones = source.detach().onesLike();
        Tensor start = includeSelf ? x.detach().onesLike() : x.detach().zerosLike();
        Tensor count = start.scatterAdd(a, index, ones);
        Tensor divisor = count.onesLike().where(count.eq(0), count);
        return x.dtype().isDifferentiable() ? combined.div(divisor) : combined.floorDivide(divisor);
    }

    /** The base with the combination's neutral value wherever something will be combined. */
    private static Tensor neutral(Tensor x, int axis, Tensor index, Scatter.Kind kind) {
        boolean floating = x.dtype().isFloating();
        Scalar value = switch (kind) {
            case MUL -> Scalar.ONE;
            case MAX ->
                floating
                        ? Scalar.of(Double.NEGATIVE_INFINITY)
                        : Scalar.of((long) x.dtype().min());
            case MIN -> floating ? Scalar.of(Double.POSITIVE_INFINITY) : Scalar.of(integerMax(x.dtype()));
            default -> Scalar.ZERO;
        };
        return x.scatter(axis, index, x.newFull(index.shape(), value));
    }

    private static long integerMax(DType dtype) {
        return dtype == DType.I64 ? Long.MAX_VALUE : (long) dtype.max();
    }
}

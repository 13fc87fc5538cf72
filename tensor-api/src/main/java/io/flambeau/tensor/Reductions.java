package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.internal.Wide;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.math.LogCumSumExp;
import io.flambeau.tensor.op.math.SafeSqrt;
import io.flambeau.tensor.op.norm.LogSoftmax;
import io.flambeau.tensor.op.norm.Softmax;

/** The methods of a tensor that reduce or accumulate along axes; no axes means all of them. */
public sealed interface Reductions permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Reduces axes and drops them unless they shall be kept with size 1. */
    private static Tensor reduce(Reduce.Kind kind, Tensor x, boolean keep, int... axes) {
        String name = new Reduce(kind, 0).title();
        int rank = x.rank();
        long mask = 0;
        for (int axis : axes) {
            long bit = 1L << x.shape().axis(name, axis);
            if ((mask & bit) != 0) {
                throw new ShapeException(
                        name, "axis " + axis + " of shape " + x.shape() + " is named twice", Fault.BAD_AXIS);
            }
            mask |= bit;
        }
        if (axes.length == 0) {
            mask = rank == 64 ? -1L : (1L << rank) - 1;
        }
        Tensor reduced = Dispatch.one(new Reduce(kind, rank == 0 ? 0 : mask), x);
        return keep ? reduced : dropped(reduced, rank == 0 ? 0 : mask);
    }

    private static Tensor dropped(Tensor x, long mask) {
        if (mask == 0) {
            return x;
        }
        long[] sizes = new long[x.rank() - Long.bitCount(mask)];
        int n = 0;
        for (int i = 0; i < x.rank(); i++) {
            if ((mask >>> i & 1) == 0) {
                sizes[n++] = x.size(i);
            }
        }
        return x.reshape(sizes);
    }

    /** The dtype in which a sum or product is formed: BOOL and small integers in I64. */
    private Tensor counting() {
        Tensor x = self();
        return x.dtype().isDifferentiable() ? x : x.to(DType.I64);
    }

    default Tensor sum(int... axes) {
        return sum(false, axes);
    }

    default Tensor sum(boolean keep, int... axes) {
        return reduce(Reduce.Kind.SUM, counting(), keep, axes);
    }

    default Tensor prod(int... axes) {
        return prod(false, axes);
    }

    default Tensor prod(boolean keep, int... axes) {
        return reduce(Reduce.Kind.PROD, counting(), keep, axes);
    }

    /** The greatest elements; the gradient is split among equals. */
    default Tensor amax(int... axes) {
        return amax(false, axes);
    }

    default Tensor amax(boolean keep, int... axes) {
        return reduce(Reduce.Kind.MAX, self(), keep, axes);
    }

    /** The smallest elements; the gradient is split among equals. */
    default Tensor amin(int... axes) {
        return amin(false, axes);
    }

    default Tensor amin(boolean keep, int... axes) {
        return reduce(Reduce.Kind.MIN, self(), keep, axes);
    }

    /** Whether any element is not zero, as BOOL. */
    default Tensor any(int... axes) {
        return any(false, axes);
    }

    default Tensor any(boolean keep, int... axes) {
        return truth(reduce(Reduce.Kind.ANY, self(), keep, axes));
    }

    /** Whether all elements are not zero, as BOOL. */
    default Tensor all(int... axes) {
        return all(false, axes);
    }

    default Tensor all(boolean keep, int... axes) {
        return truth(reduce(Reduce.Kind.ALL, self(), keep, axes));
    }

    /** U8 keeps its dtype, as in PyTorch. */
    private Tensor truth(Tensor result) {
        return self().dtype() == DType.U8 ? result.to(DType.U8) : result;
    }

    /** The sum of the elements that are not NaN. */
    default Tensor nansum(boolean keep, int... axes) {
        return withoutNan().sum(keep, axes);
    }

    default Tensor nansum(int... axes) {
        return nansum(false, axes);
    }

    private Tensor withoutNan() {
        Tensor x = self();
        return x.dtype().isDifferentiable() ? x.zerosLike().where(x.isnan(), x) : x;
    }

    /** The mean of floating or complex elements; NaN of none. */
    default Tensor mean(int... axes) {
        return mean(false, axes);
    }

    default Tensor mean(boolean keep, int... axes) {
        requireDifferentiable("mean");
        return Wide.once(self(), x -> {
            Tensor sum = x.sum(keep, axes);
            return sum.div(Scalar.of(perResult(x, sum)));
        });
    }

    /** The mean of the elements that are not NaN. */
    default Tensor nanmean(boolean keep, int... axes) {
        requireDifferentiable("nanmean");
        return Wide.once(
                self(),
                x -> x.nansum(keep, axes)
                        .div(x.isnan().logicalNot().to(x.dtype().toReal()).sum(keep, axes)));
    }

    private void requireDifferentiable(String operation) {
        DType dtype = self().dtype();
        if (!dtype.isDifferentiable()) {
            throw new DTypeException(
                    operation,
                    "needs a floating or complex dtype, not " + dtype + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
    }

    /** How many elements went into each of the results. */
    private static double perResult(Tensor x, Tensor reduced) {
        if (reduced.count() > 0) {
            return (double) x.count() / reduced.count();
        }
        return 1;
    }

    /** The variance with {@code correction} taken from the count; two passes, so that large means cancel. */
    default Tensor var(double correction, boolean keep, int... axes) {
        requireDifferentiable("var");
        return Wide.once(self(), x -> variance(x, correction, keep, axes));
    }

    /**
     * In two passes; the second also sees by how much the mean was rounded, which moves the value but no gradient. Where
     * that is infinite, so is the sum, and the difference of the two would be NaN.
     */
    private static Tensor variance(Tensor x, double correction, boolean keep, int... axes) {
        Tensor centred = x.sub(x.mean(true, axes));
        Tensor sum = absSquare(centred).sum(keep, axes);
        double count = perResult(x, sum);
        Tensor rest = absSquare(centred.detach().sum(keep, axes)).div(Scalar.of(count));
        return sum.sub(rest.nanToNum(0.0, 0.0, 0.0)).div(Scalar.of(Math.max(count - correction, 0)));
    }

    private static Tensor absSquare(Tensor x) {
        return x.dtype().isComplex() ? x.mul(x.conj()).real() : x.square();
    }

    default Tensor var(int... axes) {
        return var(1, false, axes);
    }

    /** The square root of {@link #var(double, boolean, int...)}; its gradient at 0 is 0. */
    default Tensor std(double correction, boolean keep, int... axes) {
        requireDifferentiable("std");
        return Wide.once(self(), x -> Dispatch.one(SafeSqrt.SAFE_SQRT, variance(x, correction, keep, axes)));
    }

    default Tensor std(int... axes) {
        return std(1, false, axes);
    }

    /** The variance and the mean. */
    default Tensor[] varMean(double correction, boolean keep, int... axes) {
        return new Tensor[] {var(correction, keep, axes), mean(keep, axes)};
    }

    /** The standard deviation and the mean. */
    default Tensor[] stdMean(double correction, boolean keep, int... axes) {
        return new Tensor[] {std(correction, keep, axes), mean(keep, axes)};
    }

    /** log(sum(exp(x))) without overflow; -inf of nothing. */
    default Tensor logsumexp(boolean keep, int... axes) {
        Tensor real = self().to(Promote.floating(self().dtype()));
        return Wide.once(real, x -> {
            if (x.count() == 0) {
                return x.exp().sum(keep, axes).log();
            }
            Tensor top = (x.dtype().isComplex() ? x.real() : x).detach().amax(true, axes);
            Tensor shift = top.zerosLike().where(top.abs().eq(Double.POSITIVE_INFINITY), top);
            Tensor sum = x.sub(shift).exp().sum(keep, axes);
            return sum.log().add(keep ? shift : shift.reshape(sum.shape()));
        });
    }

    default Tensor logsumexp(int... axes) {
        return logsumexp(false, axes);
    }

    /** How many elements are not zero, as I64. */
    default Tensor countNonzero(int... axes) {
        return self().ne(Scalar.ZERO).sum(axes);
    }

    /** The smallest and the greatest element. */
    default Tensor[] aminmax() {
        requireElements("aminmax");
        return new Tensor[] {amin(), amax()};
    }

    default Tensor[] aminmax(int axis, boolean keep) {
        requireElements("aminmax", axis);
        return new Tensor[] {amin(keep, axis), amax(keep, axis)};
    }

    private void requireElements(String operation) {
        if (self().count() == 0) {
            throw new ShapeException(operation, "shape " + self().shape() + " has no elements", Fault.EMPTY_REDUCTION);
        }
    }

    private void requireElements(String operation, int axis) {
        int a = self().shape().axis(operation, axis);
        if (self().rank() > 0 && self().size(a) == 0) {
            throw new ShapeException(
                    operation,
                    "axis " + axis + " of shape " + self().shape() + " has no elements",
                    Fault.EMPTY_REDUCTION);
        }
    }

    /** The greatest element; the gradient is split among equals. */
    default Tensor max() {
        requireElements("max");
        return amax();
    }

    /** The smallest element; the gradient is split among equals. */
    default Tensor min() {
        requireElements("min");
        return amin();
    }

    /** The greatest elements along an axis and their index (I64), the first of equals; it alone has the gradient. */
    default Tensor[] max(int axis, boolean keep) {
        requireElements("max", axis);
        return chosen(self().argmax(axis, true), axis, keep);
    }

    default Tensor[] max(int axis) {
        return max(axis, false);
    }

    /** The smallest elements along an axis and their index (I64), the first of equals; it alone has the gradient. */
    default Tensor[] min(int axis, boolean keep) {
        requireElements("min", axis);
        return chosen(self().argmin(axis, true), axis, keep);
    }

    default Tensor[] min(int axis) {
        return min(axis, false);
    }

    /** The elements at an index that has kept its axis, and the index. */
    private Tensor[] chosen(Tensor index, int axis, boolean keep) {
        Tensor values = self().gather(axis, index);
        return keep || values.rank() == 0
                ? new Tensor[] {values, index}
                : new Tensor[] {values.squeeze(axis), index.squeeze(axis)};
    }

    /** The index (I64) of the greatest element of the flattened tensor; the first of equals. */
    default Tensor argmax() {
        requireElements("argmax");
        return self().reshape(-1).argmax(0, false);
    }

    default Tensor argmax(int axis) {
        return argmax(axis, false);
    }

    default Tensor argmax(int axis, boolean keep) {
        return arg(true, axis, keep);
    }

    default Tensor argmin() {
        requireElements("argmin");
        return self().reshape(-1).argmin(0, false);
    }

    default Tensor argmin(int axis) {
        return argmin(axis, false);
    }

    default Tensor argmin(int axis, boolean keep) {
        return arg(false, axis, keep);
    }

    private Tensor arg(boolean max, int axis, boolean keep) {
        Tensor x = self();
        int a = x.shape().axis(max ? "argmax" : "argmin", axis);
        if (x.rank() == 0) {
            return Tensors.full(x.spec().with(DType.I64), Scalar.ZERO);
        }
        Tensor index = Dispatch.one(new ArgReduce(max, a), x);
        return keep ? index : dropped(index, 1L << a);
    }

    private Tensor[] scan(Scan.Kind kind, Tensor x, int axis) {
        int a = x.shape().axis(new Scan(kind, 0).title(), axis);
        if (x.rank() > 0) {
            return Dispatch.bind(new Scan(kind, a), x);
        }
        Tensor[] out = Dispatch.bind(new Scan(kind, 0), x.reshape(1));
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i].reshape();
        }
        return out;
    }

    default Tensor cumsum(int axis) {
        return scan(Scan.Kind.SUM, counting(), axis)[0];
    }

    default Tensor cumprod(int axis) {
        return scan(Scan.Kind.PROD, counting(), axis)[0];
    }

    /** Running log(sum(exp(x))) without overflow. */
    default Tensor logcumsumexp(int axis) {
        Tensor x = self().to(Promote.floating(self().dtype()));
        return Dispatch.one(new LogCumSumExp(x.shape().axis("logcumsumexp", axis)), x);
    }

    /** Running maxima and the index (I64) of the last that was reached. */
    default Tensor[] cummax(int axis) {
        return scan(Scan.Kind.MAX, self(), axis);
    }

    /** Running minima and the index (I64) of the last that was reached. */
    default Tensor[] cummin(int axis) {
        return scan(Scan.Kind.MIN, self(), axis);
    }

    /** The softmax along an axis. */
    default Tensor softmax(int axis) {
        Tensor x = self();
        Tensor real = x.to(Promote.floating(x.dtype()));
        int along = x.shape().axis("softmax", axis);
        return x.rank() == 0 ? real.unsqueeze(0).softmax(0).squeeze(0) : Dispatch.one(new Softmax(along), real);
    }

    /** The softmax of the negated elements along an axis. */
    default Tensor softmin(int axis) {
        return self().neg().softmax(axis);
    }

    /** The logarithm of the softmax along an axis, without forming it. */
    default Tensor logSoftmax(int axis) {
        Tensor x = self();
        Tensor real = x.to(Promote.floating(x.dtype()));
        int along = x.shape().axis("logSoftmax", axis);
        return x.rank() == 0 ? real.unsqueeze(0).logSoftmax(0).squeeze(0) : Dispatch.one(new LogSoftmax(along), real);
    }

    /** Sums what was broadcast, so that the result has the shape: the adjoint of {@code expand}. */
    default Tensor sumTo(Shape shape) {
        Tensor x = self();
        if (x.shape().equals(shape)) {
            return x;
        }
        int added = x.rank() - shape.rank();
        long mask = 0;
        for (int i = 0; i < x.rank(); i++) {
            if (i < added || shape.size(i - added) == 1 && x.size(i) != 1) {
                mask |= 1L << i;
            }
        }
        Tensor summed = mask == 0 ? x : Dispatch.one(new Reduce(Reduce.Kind.SUM, mask), x);
        return summed.reshape(shape);
    }
}

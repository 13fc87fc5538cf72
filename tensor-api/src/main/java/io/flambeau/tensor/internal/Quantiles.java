package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.math.SafeSqrt;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The longer compositions of {@link io.flambeau.tensor.Statistics}: order statistics, covariances, norms. */
public final class Quantiles {
    private Quantiles() {}

    /** The median of all elements, whose gradient is split among equals. */
    public static Tensor median(Tensor x, boolean ignoreNan) {
        if (x.count() == 0) {
            return x.newFull(
                    Shape.SCALAR,
                    x.dtype().isFloating()
                            ? Scalar.of(Double.NaN)
                            : Scalar.of((long) x.dtype().min()));
        }
        Tensor flat = x.reshape(-1);
        Tensor value = median(flat.detach(), 0, false, ignoreNan)[0];
        if (!x.requiresGrad()) {
            return value;
        }
        Tensor hit = flat.detach()
                .eq(value)
                .logicalOr(flat.detach().isnan().logicalAnd(value.isnan()))
                .to(x.dtype());
        Tensor share = hit.div(hit.sum());
        // Only the elements that are the median take part, so that others that are not finite do no harm.
        return flat.where(hit.ne(0), flat.zerosLike()).mul(share).sum();
    }

    /** The median along an axis, and its index. */
    public static Tensor[] median(Tensor x, int axis, boolean keep, boolean ignoreNan) {
        String name = ignoreNan ? "nanmedian" : "median";
        int a = x.shape().axis(name, axis);
        if (x.rank() == 0) {
            return new Tensor[] {x.clone(), Tensors.full(x.spec().with(DType.I64), Scalar.ZERO)};
        }
        if (x.size(a) == 0) {
            throw new IndexException(
                    name, "axis " + axis + " of shape " + x.shape() + " has no elements", Fault.EMPTY_REDUCTION);
        }
        long n = x.size(a);
        Tensor[] sorted = x.sort(a, false);
        Tensor nans = x.detach().isnan().sum(true, a);
        Tensor middle = ignoreNan
                ? nans.rsub(Scalar.of(n - 1)).floorDivide(Scalar.of(2L)).clampMin(Scalar.ZERO)
                : nans.rsub(Scalar.of(n)).where(nans.gt(0), nans.fullLike(Scalar.of((n - 1) / 2)));
        return picked(sorted, middle, a, keep);
    }

    private static Tensor[] picked(Tensor[] sorted, Tensor place, int axis, boolean keep) {
        Tensor value = sorted[0].gather(axis, place);
        Tensor index = sorted[1].gather(axis, place);
        return keep ? new Tensor[] {value, index} : new Tensor[] {value.squeeze(axis), index.squeeze(axis)};
    }

    /** The k-th smallest along an axis, and its index. */
    public static Tensor[] kth(Tensor x, long k, int axis, boolean keep) {
        int a = x.shape().axis("kthvalue", axis);
        long n = x.rank() == 0 ? 1 : x.size(a);
        if (k < 1 || k > n) {
            throw new ArgumentException(
                    "kthvalue",
                    "k is " + k + "; axis " + axis + " of shape " + x.shape() + " allows 1 to " + n,
                    Fault.BAD_ARGUMENT);
        }
        if (x.rank() == 0) {
            return new Tensor[] {x.clone(), Tensors.full(x.spec().with(DType.I64), Scalar.ZERO)};
        }
        Tensor[] least = x.topk(k, a, false);
        Tensor value = least[0].narrow(a, k - 1, 1);
        Tensor index = least[1].narrow(a, k - 1, 1);
        return keep ? new Tensor[] {value, index} : new Tensor[] {value.squeeze(a), index.squeeze(a)};
    }

    /** Quantiles, as {@link io.flambeau.tensor.Statistics#quantile} says. */
    public static Tensor quantile(
            String name,
            Tensor x,
            Tensor q,
            @Nullable Integer axis,
            boolean keep,
            String interpolation,
            boolean ignoreNan) {
        if (!x.dtype().isFloating() || q.dtype() != x.dtype()) {
            throw new DTypeException(
                    name,
                    "needs input and q of one floating dtype, not " + x.dtype() + " and " + q.dtype(),
                    Fault.BAD_DTYPE);
        }
        if (q.rank() > 1) {
            throw new ShapeException(
                    name, "q must be a scalar or a vector, its shape is " + q.shape(), Fault.SHAPE_MISMATCH);
        }
        if (x.count() == 0) {
            throw new ShapeException(
                    name, "the input of shape " + x.shape() + " has no elements", Fault.EMPTY_REDUCTION);
        }
        for (double value : q.detach().toDoubleArray()) {
            if (!(value >= 0 && value <= 1)) {
                throw new ArgumentException(name, "q holds " + value + "; it must lie in [0, 1]", Fault.BAD_ARGUMENT);
            }
        }
        int a = axis == null ? 0 : x.shape().axis(name, axis);
        Tensor lines = axis == null ? x.reshape(-1) : x.rank() == 0 ? x.reshape(1) : x.movedim(a, -1);
        Tensor sorted = lines.sort(-1, false)[0];
        Tensor nan = sorted.detach().isnan();
        long n = sorted.size(-1);
        Tensor ranks;
        if (ignoreNan) {
            Tensor last =
                    nan.logicalNot().sum(true, -1).sub(1).clampMin(Scalar.ZERO).to(x.dtype());
            ranks = last.mul(q.reshape(-1));
        } else {
            Tensor whole = q.reshape(-1).mul(n - 1);
            Shape all = sorted.shape().with(sorted.rank() - 1, whole.size(0));
            Tensor any = nan.any(true, -1);
            ranks = whole.expand(all);
            ranks = ranks.fullLike(Scalar.of((double) (n - 1))).where(any, ranks);
        }
        Tensor value = between(name, sorted, ranks, interpolation);
        // The last axis now counts the quantiles; PyTorch has them first.
        Tensor first = value.movedim(-1, 0);
        if (keep) {
            first = axis == null
                    ? first.reshape(keptShape(x.rank(), first.size(0)))
                    : x.rank() == 0 ? first : first.unsqueeze(a + 1);
        }
        return q.rank() == 0 ? first.squeeze(0) : first;
    }

    private static Shape keptShape(int rank, long quantiles) {
        long[] sizes = new long[rank + 1];
        Arrays.fill(sizes, 1);
        sizes[0] = quantiles;
        return Shape.of(sizes);
    }

    private static Tensor between(String name, Tensor sorted, Tensor ranks, String interpolation) {
        return switch (interpolation) {
            case "lower" -> sorted.gather(-1, ranks.detach().floor().to(DType.I64));
            case "higher" -> sorted.gather(-1, ranks.detach().ceil().to(DType.I64));
            case "nearest" -> sorted.gather(-1, ranks.detach().round().to(DType.I64));
            case "linear", "midpoint" -> {
                Tensor below = ranks.detach().floor();
                Tensor low = sorted.gather(-1, below.to(DType.I64));
                Tensor high = sorted.gather(-1, ranks.detach().ceil().to(DType.I64));
                Tensor weight = interpolation.equals("midpoint") ? ranks.fullLike(Scalar.of(0.5)) : ranks.sub(below);
                yield low.lerp(high, weight);
            }
            default ->
                throw new ArgumentException(
                        name,
                        "interpolation is '" + interpolation
                                + "'; it must be linear, lower, higher, midpoint or nearest",
                        Fault.BAD_ARGUMENT);
        };
    }

    /** Covariances, as {@link io.flambeau.tensor.Statistics#cov} says. */
    public static Tensor cov(Tensor in, long correction, @Nullable Tensor fweights, @Nullable Tensor aweights) {
        if (in.rank() > 2) {
            throw new ShapeException("cov", "needs at most 2 axes, the shape is " + in.shape(), Fault.SHAPE_MISMATCH);
        }
        if (in.dtype() == DType.BOOL) {
            throw new DTypeException("cov", "is not defined for bool", Fault.BAD_DTYPE);
        }
        Tensor x = in.rank() < 2 ? in.reshape(1, in.count()) : in;
        long n = x.size(1);
        requireWeights("fweights", fweights, n, false);
        requireWeights("aweights", aweights, n, true);
        Tensor w = fweights == null ? aweights : aweights == null ? fweights : fweights.mul(aweights);
        // The order and dtypes of the steps are PyTorch's, in which weights of another dtype promote.
        Tensor mean = w == null
                ? x.sum(1).div(Scalar.of((double) n))
                : x.mul(w).sum(1).div(w.sum());
        Tensor centred = x.sub(mean.unsqueeze(1));
        Tensor weighted = w == null ? centred : centred.mul(w);
        Tensor product = centred.matmul(weighted.t().conj());
        if (w == null) {
            return product.div(Scalar.of((double) Math.max(n - correction, 0))).squeeze();
        }
        Tensor total = w.sum();
        Tensor norm = aweights == null || correction == 0
                ? total.sub(correction)
                : total.sub(w.mul(aweights).sum().mul(correction).div(total));
        return product.div(norm.clampMin(Scalar.ZERO)).squeeze();
    }

    private static void requireWeights(String name, @Nullable Tensor weights, long n, boolean floating) {
        if (weights == null) {
            return;
        }
        if (weights.rank() > 1 || weights.count() != n) {
            throw new ShapeException(
                    "cov",
                    name + " has shape " + weights.shape() + "; it must be a vector of the " + n + " observations",
                    Fault.SHAPE_MISMATCH);
        }
        if (floating ? !weights.dtype().isFloating() : !weights.dtype().isIntegral()) {
            throw new DTypeException(
                    "cov",
                    name + " must be " + (floating ? "floating" : "integers") + ", not " + weights.dtype(),
                    Fault.BAD_DTYPE);
        }
        if (n > 0 && weights.detach().lt(Scalar.ZERO).any().itemBoolean()) {
            throw new ArgumentException(
                    "cov",
                    name + " holds " + weights.detach().amin().item() + "; weights are not negative",
                    Fault.BAD_ARGUMENT);
        }
    }

    /** The p-norm along axes. */
    public static Tensor norm(Tensor x, double p, boolean keep, int... axes) {
        if (!x.dtype().isDifferentiable()) {
            throw new DTypeException("norm", "needs a floating or complex dtype, not " + x.dtype(), Fault.BAD_DTYPE);
        }
        if (p == 2) {
            Tensor squares = x.dtype().isComplex() ? x.mul(x.conj()).real() : x.square();
            return Dispatch.one(SafeSqrt.SAFE_SQRT, squares.sum(keep, axes));
        }
        if (p == 0) {
            return x.ne(Scalar.ZERO).to(x.dtype().toReal()).sum(keep, axes);
        }
        Tensor size = x.abs();
        if (p == 1) {
            return size.sum(keep, axes);
        }
        if (Double.isInfinite(p)) {
            return p > 0 ? size.amax(keep, axes) : size.amin(keep, axes);
        }
        // The slope of a power below 1 is infinite at 0, where the norm's is taken as 0.
        Tensor sum = size.pow(p).sum(keep, axes);
        Tensor zero = sum.eq(0);
        Tensor safe = sum.onesLike().where(zero, sum);
        Tensor root = safe.pow(1 / p);
        return p > 0 ? root.zerosLike().where(zero, root) : sum.pow(1 / p);
    }

    /** The sum of the areas of trapezoids of one width along an axis: of all heights less half of the outer ones. */
    public static Tensor trapezoid(Tensor y, double dx, int axis) {
        int a = y.shape().axis("trapezoid", axis);
        if (y.rank() == 0 || y.size(a) == 0) {
            return trapezoids("trapezoid", y, null, dx, axis).sum(axis);
        }
        Tensor outer = y.select(a, 0).add(y.select(a, -1));
        return y.sum(a).sub(outer.mul(0.5)).mul(dx);
    }

    /** The areas of the trapezoids between neighbours along an axis. */
    public static Tensor trapezoids(String name, Tensor y, @Nullable Tensor x, double dx, int axis) {
        int a = y.shape().axis(name, axis);
        if (y.rank() == 0) {
            throw new ShapeException(name, "needs at least 1 axis, the shape is []", Fault.SHAPE_MISMATCH);
        }
        long n = Math.max(y.size(a) - 1, 0);
        Tensor heights = y.size(a) == 0 ? y : y.narrow(a, 1, n).add(y.narrow(a, 0, n));
        if (x == null) {
            return heights.mul(dx / 2);
        }
        Tensor widths;
        if (x.rank() == 1 && y.rank() > 1) {
            if (x.size(0) != y.size(a)) {
                throw new ShapeException(
                        name,
                        "there are " + x.size(0) + " points x for " + y.size(a) + " values along axis " + axis,
                        Fault.SHAPE_MISMATCH);
            }
            long[] sizes = new long[y.rank()];
            Arrays.fill(sizes, 1);
            sizes[a] = n;
            widths = x.diff(1, 0, null, null).reshape(sizes);
        } else {
            Tensor points = x;
            while (points.rank() < y.rank()) {
                points = points.unsqueeze(0);
            }
            widths = points.diff(1, a, null, null);
        }
        return heights.mul(widths).div(Scalar.of(2.0));
    }
}

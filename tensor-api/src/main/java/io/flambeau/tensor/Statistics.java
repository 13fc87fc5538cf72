package io.flambeau.tensor;

import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Histograms;
import io.flambeau.tensor.internal.Quantiles;
import io.flambeau.tensor.internal.Slopes;
import io.flambeau.tensor.internal.Wide;
import io.flambeau.tensor.op.math.Bincount;
import io.flambeau.tensor.op.math.Histogram;
import io.flambeau.tensor.op.math.ModeIndex;
import org.jspecify.annotations.Nullable;

/** The methods of a tensor that describe how its elements are distributed. */
public sealed interface Statistics permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** The lower of the middle elements; NaN if there is one. The gradient is split among equals. */
    default Tensor median() {
        return Quantiles.median(self(), false);
    }

    /** The lower of the middle elements along an axis, and an index (I64) of it. */
    default Tensor[] median(int axis, boolean keep) {
        return Quantiles.median(self(), axis, keep, false);
    }

    /** As {@link #median()}, of the elements that are not NaN. */
    default Tensor nanmedian() {
        return Quantiles.median(self(), true);
    }

    /** As {@link #median(int, boolean)}, of the elements that are not NaN. */
    default Tensor[] nanmedian(int axis, boolean keep) {
        return Quantiles.median(self(), axis, keep, true);
    }

    /** The k-th smallest elements along an axis, k from 1, and their index (I64). */
    default Tensor[] kthvalue(long k, int axis, boolean keep) {
        return Quantiles.kth(self(), k, axis, keep);
    }

    /**
     * The quantiles along an axis.
     *
     * @param q a scalar or a vector of numbers from 0 to 1 in this tensor's dtype; a vector adds a first axis
     * @param axis null for the flattened tensor
     * @param interpolation {@code linear}, {@code lower}, {@code higher}, {@code nearest} or {@code midpoint}
     */
    default Tensor quantile(Tensor q, @Nullable Integer axis, boolean keep, String interpolation) {
        return Quantiles.quantile("quantile", self(), q, axis, keep, interpolation, false);
    }

    default Tensor quantile(double q) {
        return quantile(Tensors.full(self().spec().with(Shape.SCALAR), Scalar.of(q)), null, false, "linear");
    }

    /** As {@link #quantile(Tensor, Integer, boolean, String)}, of the elements that are not NaN. */
    default Tensor nanquantile(Tensor q, @Nullable Integer axis, boolean keep, String interpolation) {
        return Quantiles.quantile("nanquantile", self(), q, axis, keep, interpolation, true);
    }

    /** The most frequent elements along an axis, the smallest of equally frequent ones, and their last index (I64). */
    default Tensor[] mode(int axis, boolean keep) {
        Tensor x = self();
        if (x.rank() == 0) {
            return new Tensor[] {x.clone(), Tensors.full(x.spec().with(DType.I64), Scalar.ZERO)};
        }
        int a = x.shape().axis("mode", axis);
        Tensor index = Dispatch.one(new ModeIndex(a), x.detach());
        Tensor values = x.gather(a, index);
        return keep ? new Tensor[] {values, index} : new Tensor[] {values.squeeze(a), index.squeeze(a)};
    }

    /** How often each of 0, 1, … occurs in a vector of integers (I64), or the sum of their weights. */
    default Tensor bincount(@Nullable Tensor weights, long minLength) {
        Bincount op = new Bincount(minLength);
        return weights == null ? Dispatch.one(op, self()) : Dispatch.one(op, self(), weights);
    }

    /** How many elements lie in each of so many equal bins; equal bounds stand for the least and greatest element. */
    default Tensor histc(long bins, double min, double max) {
        Tensor x = self();
        if (bins <= 0) {
            throw new ArgumentException(
                    "histc", "the number of bins must be positive, not " + bins, Fault.BAD_ARGUMENT);
        }
        double low = min;
        double high = max;
        if (min == max && x.count() > 0) {
            low = x.amin().item();
            high = x.amax().item();
        }
        if (low == high) {
            low -= 1;
            high += 1;
        }
        if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new ArgumentException(
                    "histc",
                    "the range from " + low + " to " + high + " is not finite and ascending",
                    Fault.BAD_ARGUMENT);
        }
        DType dtype = x.dtype().isFloating() ? x.dtype() : Backends.widest(x.device());
        Tensor edges = Tensors.linspace(low, high, bins + 1, dtype);
        return Dispatch.one(new Histogram(1, false, true), x.detach().reshape(-1, 1), edges);
    }

    /** The covariances of variables (rows) over observations (columns). */
    default Tensor cov(long correction, @Nullable Tensor fweights, @Nullable Tensor aweights) {
        return Quantiles.cov(self(), correction, fweights, aweights);
    }

    /** The correlation coefficients of variables (rows) over observations (columns). */
    default Tensor corrcoef() {
        Tensor x = self();
        if (x.rank() > 2) {
            throw new ShapeException(
                    "corrcoef", "needs at most 2 axes, the shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        Tensor c = x.cov(1, null, null);
        if (c.rank() == 0) {
            return c.div(c);
        }
        Tensor deviation = (c.dtype().isComplex() ? c.diagonal().real() : c.diagonal()).sqrt();
        Tensor scaled = c.div(deviation.unsqueeze(1)).div(deviation.unsqueeze(0));
        return scaled.dtype().isComplex()
                ? Tensors.complex(scaled.real().clamp(-1, 1), scaled.imag().clamp(-1, 1))
                : scaled.clamp(-1, 1);
    }

    /** Differences of neighbours along an axis, taken n times, after prepending and appending. */
    default Tensor diff(long n, int axis, @Nullable Tensor prepend, @Nullable Tensor append) {
        Tensor x = self();
        if (n < 0) {
            throw new ArgumentException("diff", "the order must not be negative, it is " + n, Fault.BAD_ARGUMENT);
        }
        if (x.rank() == 0) {
            throw new ShapeException("diff", "needs at least 1 axis, the shape is []", Fault.SHAPE_MISMATCH);
        }
        int a = x.shape().axis("diff", axis);
        if (n == 0) {
            return x.clone();
        }
        if (prepend != null) {
            x = Tensors.cat(a, prepend, x);
        }
        if (append != null) {
            x = Tensors.cat(a, x, append);
        }
        for (long i = 0; i < n && x.size(a) > 0; i++) {
            long rest = x.size(a) - 1;
            Tensor later = x.narrow(a, 1, rest);
            Tensor earlier = x.narrow(a, 0, rest);
            x = x.dtype() == DType.BOOL ? later.logicalXor(earlier) : later.sub(earlier);
        }
        return x;
    }

    /** The p-norm of the difference to another tensor. */
    default Tensor dist(Tensor other, double p) {
        return self().sub(other).norm(p);
    }

    /** The p-norm along axes (all of them if none): the p-th root of the sum of p-th powers of absolute values. */
    default Tensor norm(double p, boolean keep, int... axes) {
        return Wide.once(self(), x -> Quantiles.norm(x, p, keep, axes));
    }

    default Tensor norm(double p, int... axes) {
        return norm(p, false, axes);
    }

    /** The Euclidean (Frobenius) norm. */
    default Tensor norm() {
        return norm(2, false);
    }

    /** Slices of an axis whose p-norm is above a limit, scaled down to it. */
    default Tensor renorm(double p, int axis, double limit) {
        Tensor x = self();
        if (x.rank() < 2) {
            throw new ShapeException(
                    "renorm", "needs at least 2 axes, the shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        int a = x.shape().axis("renorm", axis);
        int[] others = new int[x.rank() - 1];
        for (int i = 0, n = 0; i < x.rank(); i++) {
            if (i != a) {
                others[n++] = i;
            }
        }
        return Wide.once(x, y -> {
            Tensor norm = y.norm(p, true, others);
            Tensor factor = norm.add(1e-7).reciprocal().mul(limit);
            return y.mul(factor.where(norm.gt(limit), norm.onesLike()));
        });
    }

    /** The integral by the trapezoidal rule along an axis. */
    default Tensor trapezoid(double dx, int axis) {
        return Quantiles.trapezoid(self(), dx, axis);
    }

    default Tensor trapezoid(Tensor x, int axis) {
        return Quantiles.trapezoids("trapezoid", self(), x, 1, axis).sum(axis);
    }

    /** The running integral by the trapezoidal rule along an axis. */
    default Tensor cumulativeTrapezoid(double dx, int axis) {
        return Quantiles.trapezoids("cumulativeTrapezoid", self(), null, dx, axis)
                .cumsum(axis);
    }

    default Tensor cumulativeTrapezoid(Tensor x, int axis) {
        return Quantiles.trapezoids("cumulativeTrapezoid", self(), x, 1, axis).cumsum(axis);
    }

    /**
     * How many elements lie in each of so many equal bins, and the bins' edges.
     *
     * @param range the lowest and the highest edge; null for the smallest and greatest element
     * @param weight what each element counts; null for 1
     * @param density whether the counts are scaled so that the integral is 1
     */
    default Tensor[] histogram(long bins, double @Nullable [] range, @Nullable Tensor weight, boolean density) {
        return Histograms.of("histogram", self().reshape(-1, 1), new long[] {bins}, range, weight, density);
    }

    /** As {@link #histogram(long, double[], Tensor, boolean)}, with ascending edges. */
    default Tensor[] histogram(Tensor edges, @Nullable Tensor weight, boolean density) {
        return Histograms.of("histogram", self().reshape(-1, 1), new Tensor[] {edges}, weight, density);
    }

    /**
     * Slopes along axes by central differences inside and one-sided ones at the edges.
     *
     * @param spacing the distance between neighbours: one for all axes, or one for each
     * @param axes none for all
     * @param edgeOrder 1 or 2: of the differences at the edges
     */
    default Tensor[] gradient(double[] spacing, int[] axes, int edgeOrder) {
        return Slopes.of(self(), spacing, axes, edgeOrder);
    }

    /** As {@link #gradient(double[], int[], int)}, with the coordinates along each axis. */
    default Tensor[] gradient(Tensor[] coordinates, int[] axes, int edgeOrder) {
        return Slopes.of(self(), coordinates, axes, edgeOrder);
    }
}

package io.flambeau.tensor;

import io.flambeau.tensor.internal.Promote;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code torch.masked}: of a tensor's elements only those count where a BOOL mask, which broadcasts to
 * it, is true. A null mask is true everywhere; no axes stand for all. Where nothing counts, the result is that of no
 * elements: 0, 1, an infinity or NaN.
 *
 * <pre>{@code
 * Masked.mean(x, x.gt(0), false, 1);      // the mean of the positive elements of each row
 * }</pre>
 */
public final class Masked {
    private Masked() {}

    /** The mask with the tensor's shape. */
    private static Tensor expanded(String operation, Tensor x, Tensor mask) {
        if (mask.dtype() != DType.BOOL || mask.rank() > x.rank()) {
            throw new ArgumentException(
                    operation,
                    "the mask " + mask.spec() + " must be bool and broadcast to the input " + x.shape(),
                    Fault.BAD_ARGUMENT);
        }
        return mask.expand(x.shape());
    }

    /** The tensor with a value where the mask is false. */
    private static Tensor filled(String operation, Tensor x, @Nullable Tensor mask, Scalar value) {
        return mask == null ? x : x.where(expanded(operation, x, mask), x.fullLike(value));
    }

    private static Scalar least(DType dtype) {
        return dtype.isDifferentiable() ? Scalar.of(Double.NEGATIVE_INFINITY) : Scalar.of((long) dtype.min());
    }

    private static Scalar greatest(DType dtype) {
        return dtype.isDifferentiable()
                ? Scalar.of(Double.POSITIVE_INFINITY)
                : Scalar.of(dtype == DType.I64 ? Long.MAX_VALUE : (long) dtype.max());
    }

    public static Tensor sum(Tensor x, @Nullable Tensor mask, boolean keep, int... axes) {
        return filled("masked.sum", x, mask, Scalar.ZERO).sum(keep, axes);
    }

    public static Tensor prod(Tensor x, @Nullable Tensor mask, boolean keep, int... axes) {
        return filled("masked.prod", x, mask, Scalar.ONE).prod(keep, axes);
    }

    public static Tensor amax(Tensor x, @Nullable Tensor mask, boolean keep, int... axes) {
        return filled("masked.amax", x, mask, least(x.dtype())).amax(keep, axes);
    }

    public static Tensor amin(Tensor x, @Nullable Tensor mask, boolean keep, int... axes) {
        return filled("masked.amin", x, mask, greatest(x.dtype())).amin(keep, axes);
    }

    /** The index, in the dtype of the input, of the first greatest element of the flattened input. */
    public static Tensor argmax(Tensor x, @Nullable Tensor mask) {
        return filled("masked.argmax", x, mask, least(x.dtype())).argmax().to(x.dtype());
    }

    /** The index, in the dtype of the input, of the first greatest element along an axis. */
    public static Tensor argmax(Tensor x, @Nullable Tensor mask, int axis, boolean keep) {
        return filled("masked.argmax", x, mask, least(x.dtype()))
                .argmax(axis, keep)
                .to(x.dtype());
    }

    /** The index, in the dtype of the input, of the first smallest element of the flattened input. */
    public static Tensor argmin(Tensor x, @Nullable Tensor mask) {
        return filled("masked.argmin", x, mask, greatest(x.dtype())).argmin().to(x.dtype());
    }

    /** The index, in the dtype of the input, of the first smallest element along an axis. */
    public static Tensor argmin(Tensor x, @Nullable Tensor mask, int axis, boolean keep) {
        return filled("masked.argmin", x, mask, greatest(x.dtype()))
                .argmin(axis, keep)
                .to(x.dtype());
    }

    /** How many elements count (I64). */
    private static Tensor count(String operation, Tensor x, @Nullable Tensor mask, boolean keep, int... axes) {
        Tensor counted =
                mask == null ? Tensors.full(x.spec().with(DType.BOOL), Scalar.of(true)) : expanded(operation, x, mask);
        return counted.sum(keep, axes);
    }

    public static Tensor mean(Tensor x, @Nullable Tensor mask, boolean keep, int... axes) {
        return sum(x, mask, keep, axes).div(count("masked.mean", x, mask, keep, axes));
    }

    /** The lower of the two middle elements along an axis. */
    public static Tensor median(Tensor x, @Nullable Tensor mask, int axis, boolean keep) {
        return filled("masked.median", x, mask, Scalar.of(Double.NaN)).nanmedian(axis, keep)[0];
    }

    /** The variance with a correction taken from the count, which then is at least 0. */
    public static Tensor var(Tensor x, @Nullable Tensor mask, double correction, boolean keep, int... axes) {
        Tensor real = x.to(Promote.floating(x.dtype()));
        Tensor number = count("masked.var", x, mask, true, axes);
        Tensor centred = real.sub(sum(x, mask, true, axes).div(number));
        Tensor total = sum(centred.mul(centred.conj()), mask, keep, axes);
        Tensor divisor = number.reshape(total.shape());
        if (correction != 0) {
            Tensor less = divisor.to(real.dtype().toReal()).sub(correction);
            divisor = less.maximum(less.zerosLike());
        }
        return total.div(divisor).to(real.dtype());
    }

    /** The square root of {@link #var}. */
    public static Tensor std(Tensor x, @Nullable Tensor mask, double correction, boolean keep, int... axes) {
        return var(x, mask, correction, keep, axes).sqrt();
    }

    /** In the dtype of the input, even of integers. */
    public static Tensor logsumexp(Tensor x, @Nullable Tensor mask, boolean keep, int... axes) {
        return filled("masked.logsumexp", x, mask, least(x.dtype()))
                .logsumexp(keep, axes)
                .to(x.dtype());
    }

    /** log(exp(x) + exp(y)) of elements that each count where their mask is true. */
    public static Tensor logaddexp(Tensor x, Tensor y, @Nullable Tensor xMask, @Nullable Tensor yMask) {
        Tensor left = filled("masked.logaddexp", x, xMask, least(x.dtype()));
        return left.logaddexp(filled("masked.logaddexp", y, yMask, least(y.dtype())));
    }

    /** The p-norm. */
    public static Tensor norm(Tensor x, double p, @Nullable Tensor mask, boolean keep, int... axes) {
        Scalar neutral = p == Double.NEGATIVE_INFINITY ? Scalar.of(Double.POSITIVE_INFINITY) : Scalar.ZERO;
        return Linalg.vectorNorm(filled("masked.norm", x, mask, neutral), p, keep, axes);
    }

    /** The input divided by its p-norm along an axis, but by no less than eps; 0 where the mask is false. */
    public static Tensor normalize(Tensor x, double p, int axis, double eps, @Nullable Tensor mask) {
        Tensor norm = norm(x, p, mask, true, axis);
        return filled("masked.normalize", x, mask, Scalar.ZERO).div(norm.maximum(norm.fullLike(Scalar.of(eps))));
    }

    /** In the dtype of the input. */
    public static Tensor cumsum(Tensor x, @Nullable Tensor mask, int axis) {
        return filled("masked.cumsum", x, mask, Scalar.ZERO).cumsum(axis).to(x.dtype());
    }

    /** In the dtype of the input. */
    public static Tensor cumprod(Tensor x, @Nullable Tensor mask, int axis) {
        return filled("masked.cumprod", x, mask, Scalar.ONE).cumprod(axis).to(x.dtype());
    }

    public static Tensor softmax(Tensor x, @Nullable Tensor mask, int axis) {
        return filled("masked.softmax", x, mask, least(x.dtype())).softmax(axis);
    }

    public static Tensor logSoftmax(Tensor x, @Nullable Tensor mask, int axis) {
        return filled("masked.logSoftmax", x, mask, least(x.dtype())).logSoftmax(axis);
    }

    /** The softmax of -x. */
    public static Tensor softmin(Tensor x, @Nullable Tensor mask, int axis) {
        return filled("masked.softmin", x, mask, greatest(x.dtype())).neg().softmax(axis);
    }
}

package io.flambeau.tensor;

import io.flambeau.tensor.internal.special.ModifiedBessel;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Window functions for spectral analysis: PyTorch's {@code torch.signal.windows}.
 *
 * <p>A symmetric window of n points is for filters; a periodic one is the first n points of a symmetric one of n +
 * 1, for
 * transforms. The values are computed in F64.
 */
public final class Windows {
    private Windows() {}

    /** 0.5 - 0.5 cos. */
    public static Tensor hann(long n, boolean symmetric, DType dtype) {
        return cosines("hann", n, symmetric, dtype, 0.5, 0.5);
    }

    /** 0.54 - 0.46 cos. */
    public static Tensor hamming(long n, boolean symmetric, DType dtype) {
        return generalHamming(n, 0.54, symmetric, dtype);
    }

    /** alpha - (1 - alpha) cos. */
    public static Tensor generalHamming(long n, double alpha, boolean symmetric, DType dtype) {
        return cosines("generalHamming", n, symmetric, dtype, alpha, 1 - alpha);
    }

    /** 0.42 - 0.5 cos + 0.08 cos of twice the angle. */
    public static Tensor blackman(long n, boolean symmetric, DType dtype) {
        return cosines("blackman", n, symmetric, dtype, 0.42, 0.5, 0.08);
    }

    /** Nuttall's minimum of four terms (IEEE Transactions on Acoustics 29, 1981). */
    public static Tensor nuttall(long n, boolean symmetric, DType dtype) {
        return cosines("nuttall", n, symmetric, dtype, 0.3635819, 0.4891775, 0.1365995, 0.0106411);
    }

    /** The sum of weight[k] cos(k angle) with alternating signs. */
    public static Tensor generalCosine(long n, double[] weights, boolean symmetric, DType dtype) {
        if (weights.length == 0) {
            throw new ArgumentException(
                    "generalCosine", "0 weights were given, at least 1 is needed", Fault.BAD_ARGUMENT);
        }
        return cosines("generalCosine", n, symmetric, dtype, weights);
    }

    /** A triangle that is zero at both ends. */
    public static Tensor bartlett(long n, boolean symmetric, DType dtype) {
        return window("bartlett", n, symmetric, dtype, t -> 1 - Math.abs(2 * t - 1));
    }

    /** Half a period of a sine, at the middles of the intervals. */
    public static Tensor cosine(long n, boolean symmetric, DType dtype) {
        double points = symmetric || n < 2 ? n : n + 1;
        return samples("cosine", n, dtype, i -> StrictMath.sin(Math.PI * (i + 0.5) / points));
    }

    /** exp(-x^2 / (2 std^2)) around the middle. */
    public static Tensor gaussian(long n, double std, boolean symmetric, DType dtype) {
        if (!(std > 0)) {
            throw new ArgumentException("gaussian", "std must be positive, it is " + std, Fault.BAD_ARGUMENT);
        }
        double middle = (symmetric || n < 2 ? n - 1 : n) / 2.0;
        return samples("gaussian", n, dtype, i -> {
            double x = (i - middle) / std;
            return StrictMath.exp(-0.5 * x * x);
        });
    }

    /** exp(-|x - center| / tau); without a center around the middle, as a symmetric window must be. */
    public static Tensor exponential(long n, @Nullable Double center, double tau, boolean symmetric, DType dtype) {
        if (!(tau > 0)) {
            throw new ArgumentException("exponential", "tau must be positive, it is " + tau, Fault.BAD_ARGUMENT);
        }
        if (symmetric && center != null) {
            throw new ArgumentException(
                    "exponential", "a symmetric window has no center of its own, it is " + center, Fault.BAD_ARGUMENT);
        }
        double middle = center != null ? center : (symmetric || n < 2 ? n - 1 : n) / 2.0;
        return samples("exponential", n, dtype, i -> StrictMath.exp(-Math.abs(i - middle) / tau));
    }

    /** I0(beta sqrt(1 - x^2)) / I0(beta) for x from -1 to 1 (Kaiser, 1974). */
    public static Tensor kaiser(long n, double beta, boolean symmetric, DType dtype) {
        if (beta < 0) {
            throw new ArgumentException("kaiser", "beta must not be negative, it is " + beta, Fault.BAD_ARGUMENT);
        }
        double whole = ModifiedBessel.i0e(beta);
        return window("kaiser", n, symmetric, dtype, t -> {
            double x = 2 * t - 1;
            double y = beta * StrictMath.sqrt(Math.max(0, 1 - x * x));
            return StrictMath.exp(y - beta) * ModifiedBessel.i0e(y) / whole;
        });
    }

    private static Tensor cosines(String operation, long n, boolean symmetric, DType dtype, double... weights) {
        return window(operation, n, symmetric, dtype, t -> {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                double term = weights[k] * StrictMath.cos(2 * Math.PI * k * t);
                sum += k % 2 == 0 ? term : -term;
            }
            return sum;
        });
    }

    /** Samples of a function on [0, 1]; one point alone is 1. */
    private static Tensor window(String operation, long n, boolean symmetric, DType dtype, DoubleUnaryOperator f) {
        double last = symmetric ? n - 1 : n;
        return samples(operation, n, dtype, i -> n == 1 ? 1 : f.applyAsDouble(i / last));
    }

    private static Tensor samples(String operation, long n, DType dtype, DoubleUnaryOperator f) {
        if (n < 0) {
            throw new ArgumentException(
                    operation, "the number of points must not be negative, it is " + n, Fault.BAD_ARGUMENT);
        }
        if (dtype != DType.F32 && dtype != DType.F64) {
            throw new DTypeException(operation, "needs float32 or float64, not " + dtype, Fault.BAD_DTYPE);
        }
        double[] values = new double[Math.toIntExact(n)];
        for (int i = 0; i < values.length; i++) {
            values[i] = f.applyAsDouble(i);
        }
        return Tensors.of(values, n).to(dtype);
    }
}

package io.flambeau.tensor;

import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.internal.fft.Fourier.Norm;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Discrete Fourier transforms: PyTorch's {@code torch.fft}, with its options.
 *
 * <p>Sizes left out (null) are those of the input; an input that is longer is cut, one that is shorter filled with
 * zeros. The norm is "backward" (null: inverse transforms divide by n), "ortho" (both divide by its root) or "forward".
 * Transforms run in F64 and round to the input's precision; integers are taken in the default floating dtype.
 *
 * <pre>{@code
 * Tensor spectrum = Fft.rfft(signal);
 * Tensor back = Fft.irfft(spectrum, signal.size(-1), -1, null);
 * }</pre>
 */
public final class Fft {
    private static final int[] LAST_TWO = {-2, -1};

    private Fft() {}

    // One axis

    public static Tensor fft(Tensor x) {
        return fft(x, null, -1, null);
    }

    public static Tensor fft(Tensor x, @Nullable Long n, int axis, @Nullable String norm) {
        return complex("fft", x, sizes(n), new int[] {axis}, norm, true);
    }

    public static Tensor ifft(Tensor x) {
        return ifft(x, null, -1, null);
    }

    public static Tensor ifft(Tensor x, @Nullable Long n, int axis, @Nullable String norm) {
        return complex("ifft", x, sizes(n), new int[] {axis}, norm, false);
    }

    /** The n/2 + 1 first coefficients of real input. */
    public static Tensor rfft(Tensor x) {
        return rfft(x, null, -1, null);
    }

    public static Tensor rfft(Tensor x, @Nullable Long n, int axis, @Nullable String norm) {
        return real("rfft", x, sizes(n), new int[] {axis}, norm, true);
    }

    /** Real output of an even size, 2 (m - 1) for m coefficients. */
    public static Tensor irfft(Tensor x) {
        return irfft(x, null, -1, null);
    }

    public static Tensor irfft(Tensor x, @Nullable Long n, int axis, @Nullable String norm) {
        return inverse("irfft", x, sizes(n), new int[] {axis}, norm, false);
    }

    /** The transform of a signal that is conjugate-symmetric, given by its first half: real. */
    public static Tensor hfft(Tensor x, @Nullable Long n, int axis, @Nullable String norm) {
        return inverse("hfft", x, sizes(n), new int[] {axis}, norm, true);
    }

    /** The inverse of {@link #hfft}. */
    public static Tensor ihfft(Tensor x, @Nullable Long n, int axis, @Nullable String norm) {
        return real("ihfft", x, sizes(n), new int[] {axis}, norm, false);
    }

    // Several axes; the real forms halve the last

    public static Tensor fftn(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return complex("fftn", x, sizes, axes, norm, true);
    }

    public static Tensor ifftn(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return complex("ifftn", x, sizes, axes, norm, false);
    }

    public static Tensor rfftn(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return real("rfftn", x, sizes, axes, norm, true);
    }

    public static Tensor irfftn(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return inverse("irfftn", x, sizes, axes, norm, false);
    }

    public static Tensor hfftn(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return inverse("hfftn", x, sizes, axes, norm, true);
    }

    public static Tensor ihfftn(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return real("ihfftn", x, sizes, axes, norm, false);
    }

    // Two axes: by default the last ones

    public static Tensor fft2(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return complex("fft2", x, sizes, axes == null ? LAST_TWO : axes, norm, true);
    }

    public static Tensor ifft2(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return complex("ifft2", x, sizes, axes == null ? LAST_TWO : axes, norm, false);
    }

    public static Tensor rfft2(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return real("rfft2", x, sizes, axes == null ? LAST_TWO : axes, norm, true);
    }

    public static Tensor irfft2(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return inverse("irfft2", x, sizes, axes == null ? LAST_TWO : axes, norm, false);
    }

    public static Tensor hfft2(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return inverse("hfft2", x, sizes, axes == null ? LAST_TWO : axes, norm, true);
    }

    public static Tensor ihfft2(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
        return real("ihfft2", x, sizes, axes == null ? LAST_TWO : axes, norm, false);
    }

    // Frequencies

    /** The frequencies of the n coefficients of a signal sampled every d: 0, 1, …, -2, -1 over n d. */
    public static Tensor fftfreq(long n, double d) {
        long half = (n + 1) / 2;
        Tensor k = Tensors.cat(0, Tensors.arange(0, half), Tensors.arange(-(n / 2), 0));
        return k.to(Tensors.defaultDtype()).mul(1 / (n * d));
    }

    /** The frequencies of the n/2 + 1 coefficients of a real signal. */
    public static Tensor rfftfreq(long n, double d) {
        return Tensors.arange(0, n / 2 + 1).to(Tensors.defaultDtype()).mul(1 / (n * d));
    }

    /** Moves the zero frequency to the middle of axes (null: all). */
    public static Tensor fftshift(Tensor x, int @Nullable [] axes) {
        return shift("fftshift", x, axes, false);
    }

    /** The inverse of {@link #fftshift}. */
    public static Tensor ifftshift(Tensor x, int @Nullable [] axes) {
        return shift("ifftshift", x, axes, true);
    }

    private static Tensor shift(String operation, Tensor x, int @Nullable [] axes, boolean inverse) {
        int[] over = axes == null ? all(x.rank()) : axes;
        Tensor result = x;
        for (int axis : over) {
            int a = x.shape().axis(operation, axis);
            long n = x.size(a);
            long first = inverse ? n / 2 : (n + 1) / 2;
            if (first > 0 && first < n) {
                result = result.narrow(a, first, n - first).cat(a, result.narrow(a, 0, first));
            }
        }
        return result == x ? x.clone() : result;
    }

    // What they share

    private static Tensor complex(
            String operation,
            Tensor x,
            long @Nullable [] sizes,
            int @Nullable [] axes,
            @Nullable String norm,
            boolean forward) {
        Plan plan = Plan.of(operation, x, sizes, axes, norm);
        Tensor fitted = plan.fit(computable(operation, x));
        fitted = fitted.to(fitted.dtype().toComplex());
        return plan.axes.length == 0
                ? fitted.clone()
                : Tensor.bind(new ComplexFft(Axes.of(plan.axes), forward, plan.scale(forward)), fitted);
    }

    /** Real input: half a transform of the last axis, whole ones of the others. */
    private static Tensor real(
            String operation,
            Tensor x,
            long @Nullable [] sizes,
            int @Nullable [] axes,
            @Nullable String norm,
            boolean forward) {
        if (x.dtype().isComplex()) {
            throw new DTypeException(
                    operation, "needs a real input, not " + x.dtype() + "; use the complex transform", Fault.BAD_DTYPE);
        }
        Plan plan = Plan.of(operation, x, sizes, axes, norm);
        plan.requireAxis();
        Tensor half =
                Tensor.bind(new RealFft(plan.last(), forward, plan.scale(forward)), plan.fit(computable(operation, x)));
        return plan.axes.length == 1 ? half : Tensor.bind(new ComplexFft(plan.others(), forward, 1), half);
    }

    /** Real output: whole transforms of the other axes, then the last from its half. */
    private static Tensor inverse(
            String operation,
            Tensor x,
            long @Nullable [] sizes,
            int @Nullable [] axes,
            @Nullable String norm,
            boolean forward) {
        Plan plan = Plan.of(operation, x, sizes, axes, norm);
        plan.requireAxis();
        int i = plan.axes.length - 1;
        long n = sizes != null && sizes[i] != -1 ? sizes[i] : 2 * (plan.sizes[i] - 1);
        plan.sizes[i] = n / 2 + 1;
        Plan.requireSize(operation, n);
        Tensor fitted = plan.fit(computable(operation, x));
        fitted = fitted.to(fitted.dtype().toComplex());
        plan.sizes[i] = n;
        if (i > 0) {
            fitted = Tensor.bind(new ComplexFft(plan.others(), forward, 1), fitted);
        }
        return Tensor.bind(new RealInverseFft(plan.last(), n, forward, plan.scale(forward)), fitted);
    }

    private static Tensor computable(String operation, Tensor x) {
        if (x.dtype().isHalf()) {
            throw new DTypeException(
                    operation, "is not defined for " + x.dtype() + "; convert with to(DType.F32)", Fault.BAD_DTYPE);
        }
        return x.to(Promote.floating(x.dtype()));
    }

    private static long @Nullable [] sizes(@Nullable Long n) {
        return n == null ? null : new long[] {n};
    }

    private static int[] all(int rank) {
        int[] axes = new int[rank];
        Arrays.setAll(axes, i -> i);
        return axes;
    }

    /** The axes of one call, the sizes it transforms there, and its norm. */
    private record Plan(String operation, int[] axes, long[] sizes, Norm norm) {
        static Plan of(
                String operation, Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm) {
            int rank = x.rank();
            if (rank == 0 && axes != null && axes.length > 0) {
                throw new ShapeException(
                        operation, "the input has no axes, axis " + axes[0] + " was asked for", Fault.BAD_AXIS);
            }
            int[] over;
            if (axes != null) {
                over = new int[axes.length];
                long seen = 0;
                for (int i = 0; i < axes.length; i++) {
                    over[i] = x.shape().axis(operation, axes[i]);
                    if ((seen >>> over[i] & 1) != 0) {
                        throw new ShapeException(operation, "axis " + axes[i] + " is named twice", Fault.BAD_AXIS);
                    }
                    seen |= 1L << over[i];
                }
            } else {
                int count = sizes == null ? rank : sizes.length;
                if (count > rank) {
                    throw new ShapeException(
                            operation,
                            "there are " + count + " sizes for the " + rank + " axes of shape " + x.shape(),
                            Fault.SHAPE_MISMATCH);
                }
                over = new int[count];
                Arrays.setAll(over, i -> rank - count + i);
            }
            if (sizes != null && sizes.length != over.length) {
                throw new ShapeException(
                        operation,
                        "there are " + sizes.length + " sizes for " + over.length + " axes",
                        Fault.SHAPE_MISMATCH);
            }
            long[] lengths = new long[over.length];
            for (int i = 0; i < over.length; i++) {
                lengths[i] = sizes == null || sizes[i] == -1 ? x.size(over[i]) : sizes[i];
                requireSize(operation, lengths[i]);
            }
            return new Plan(operation, over, lengths, norm(operation, norm));
        }

        static void requireSize(String operation, long n) {
            if (n < 1) {
                throw new ArgumentException(
                        operation, "the number of points must be at least 1, it is " + n, Fault.BAD_ARGUMENT);
            }
        }

        private static Norm norm(String operation, @Nullable String name) {
            return switch (name) {
                case null -> Norm.BACKWARD;
                case "backward" -> Norm.BACKWARD;
                case "ortho" -> Norm.ORTHO;
                case "forward" -> Norm.FORWARD;
                default ->
                    throw new ArgumentException(
                            operation,
                            "norm '" + name + "' is none of 'backward', 'ortho', 'forward'",
                            Fault.BAD_ARGUMENT);
            };
        }

        void requireAxis() {
            if (axes.length == 0) {
                throw new ArgumentException(operation, "needs at least one axis to transform", Fault.BAD_ARGUMENT);
            }
        }

        int last() {
            return axes[axes.length - 1];
        }

        Axes others() {
            return Axes.of(Arrays.copyOf(axes, axes.length - 1));
        }

        double scale(boolean forward) {
            long n = 1;
            for (long size : sizes) {
                n *= size;
            }
            return norm.scale(forward, n);
        }

        /** Cut or filled with zeros to the sizes. */
        Tensor fit(Tensor x) {
            Tensor fitted = x;
            for (int i = 0; i < axes.length; i++) {
                long have = fitted.size(axes[i]);
                if (have > sizes[i]) {
                    fitted = fitted.narrow(axes[i], 0, sizes[i]);
                } else if (have < sizes[i]) {
                    Shape missing = fitted.shape().with(axes[i], sizes[i] - have);
                    fitted = fitted.cat(axes[i], fitted.newZeros(missing));
                }
            }
            return fitted;
        }
    }
}

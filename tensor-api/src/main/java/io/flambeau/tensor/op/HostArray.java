package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;

/**
 * A contiguous value on the host, widened: floating dtypes as double, complex ones as interleaved (re, im) pairs of
 * double, BOOL and integers as long.
 *
 * @param dtype the dtype it came from, or shall be narrowed to
 * @param shape the sizes
 * @param reals the elements of a floating or complex value; empty otherwise
 * @param integers the elements of a BOOL or integer value; empty otherwise
 */
public record HostArray(DType dtype, Shape shape, double[] reals, long[] integers) {
    private static final double[] NO_REALS = {};
    private static final long[] NO_INTEGERS = {};

    /** A floating or complex value. */
    public static HostArray of(DType dtype, Shape shape, double[] reals) {
        return new HostArray(dtype, shape, reals, NO_INTEGERS);
    }

    /** A BOOL or integer value. */
    public static HostArray of(DType dtype, Shape shape, long[] integers) {
        return new HostArray(dtype, shape, NO_REALS, integers);
    }

    /** A zero value of the spec. */
    public static HostArray zeros(DType dtype, Shape shape) {
        int count = Math.toIntExact(shape.count());
        return switch (dtype.category()) {
            case BOOL, INTEGRAL -> of(dtype, shape, new long[count]);
            case FLOATING -> of(dtype, shape, new double[count]);
            case COMPLEX -> of(dtype, shape, new double[Math.multiplyExact(2, count)]);
        };
    }

    public int count() {
        return Math.toIntExact(shape.count());
    }
}

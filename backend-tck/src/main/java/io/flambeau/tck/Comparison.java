package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;

/** Compares tensors of any devices by the one table of tolerances. */
public final class Comparison {
    private static final Device REFERENCE = new Device("reference", 0);

    private Comparison() {}

    /** Fails with the first element that differs too much. */
    public static void assertClose(String what, Tensor actual, Tensor expected, Tolerances.Distance distance) {
        if (!actual.shape().equals(expected.shape()) || actual.dtype() != expected.dtype()) {
            throw new AssertionError(what + ": " + actual.dtype() + actual.shape() + " instead of " + expected.dtype()
                    + expected.shape());
        }
        if (actual.dtype().isDifferentiable()) {
            reals(what, values(actual), values(expected), actual.dtype(), distance);
        } else {
            integers(what, integers(actual), integers(expected));
        }
    }

    /** Fails with the first element that differs at all; NaN equals NaN. */
    public static void assertSame(String what, Tensor actual, Tensor expected) {
        assertClose(what, actual, expected, Tolerances.NONE);
    }

    private static void reals(
            String what, double[] actual, double[] expected, DType dtype, Tolerances.Distance distance) {
        double largest = 0;
        for (double e : expected) {
            largest = Double.isFinite(e) ? Math.max(largest, Math.abs(e)) : largest;
        }
        for (int i = 0; i < expected.length; i++) {
            boolean near = Double.isFinite(expected[i])
                    ? Math.abs(actual[i] - expected[i]) <= distance.of(dtype, expected[i], largest)
                    : Double.compare(actual[i], expected[i]) == 0;
            if (!near) {
                throw new AssertionError(what + ": element " + i + " is " + actual[i] + ", expected " + expected[i]);
            }
        }
    }

    private static void integers(String what, long[] actual, long[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (actual[i] != expected[i]) {
                throw new AssertionError(what + ": element " + i + " is " + actual[i] + ", expected " + expected[i]);
            }
        }
    }

    /** The elements as doubles, widened by the reference backend; complex ones as pairs. */
    static double[] values(Tensor x) {
        Tensor here = x.detach().to(REFERENCE);
        return here.to(here.dtype().isComplex() ? DType.C128 : DType.F64).toDoubleArray();
    }

    private static long[] integers(Tensor x) {
        return x.detach().to(REFERENCE).toLongArray();
    }
}

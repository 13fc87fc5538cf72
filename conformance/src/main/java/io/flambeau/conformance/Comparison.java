package io.flambeau.conformance;

import io.flambeau.tck.Tolerances;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares values with expected ones and remembers the largest difference.
 *
 * @see Tolerances
 */
final class Comparison {
    private final boolean chain;
    private final double scale;
    private final double factor;
    private final boolean finiteOnly;
    private double difference;

    /**
     * @param chain whether half types went through several roundings
     * @param scale the largest term of sums, or 1
     * @param factor by how much the tolerance is widened, or 1
     * @param finiteOnly whether elements are left out that are expected to be NaN or infinite
     */
    Comparison(boolean chain, double scale, double factor, boolean finiteOnly) {
        this.chain = chain;
        this.scale = scale;
        this.factor = factor;
        this.finiteOnly = finiteOnly;
    }

    /**
     * Compares what modules give: chains of sums and products of many terms, so that the largest expected value beside
     * each stands for the largest term.
     */
    Comparison(double factor) {
        this(true, Double.NaN, factor, false);
    }

    /** The largest difference seen, as a multiple of what is allowed where something is allowed. */
    double difference() {
        return difference;
    }

    /** What is wrong with a value, or null. */
    @Nullable String check(String what, @Nullable Object expected, @Nullable Object actual) {
        return switch (expected) {
            case null -> actual == null ? null : what + " is " + show(actual) + ", expected None";
            case Tensor e when actual instanceof Tensor a -> tensors(what, e, a);
            case List<?> e when actual instanceof Tensor[] a -> lists(what, e, Arrays.asList(a));
            case List<?> e when actual instanceof List<?> a -> lists(what, e, a);
            case Double e when actual instanceof Number a -> close(e, a.doubleValue()) ? null : differs(what, e, a);
            case Complex e
            when actual instanceof Complex a ->
                close(e.re(), a.re()) && close(e.im(), a.im()) ? null : differs(what, e, a);
            default -> expected.equals(actual) ? null : differs(what, expected, actual);
        };
    }

    private static String differs(String what, Object expected, @Nullable Object actual) {
        return what + " is " + show(actual) + ", expected " + show(expected);
    }

    private static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Tensor t -> t.dtype() + t.shape().toString();
            case Tensor[] many -> many.length + " tensors";
            default -> value.toString();
        };
    }

    private boolean close(double expected, double actual) {
        return expected == actual
                || Double.isNaN(expected) && Double.isNaN(actual)
                || Math.abs(expected - actual) <= 1e-5 + 1.3e-5 * Math.abs(expected);
    }

    private @Nullable String lists(String what, List<?> expected, List<?> actual) {
        if (expected.size() != actual.size()) {
            return what + " has " + actual.size() + " parts, expected " + expected.size();
        }
        for (int i = 0; i < expected.size(); i++) {
            String problem = check(what + "[" + i + "]", expected.get(i), actual.get(i));
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String tensors(String what, Tensor expected, Tensor actual) {
        if (expected.dtype() != actual.dtype()) {
            return what + " is " + actual.dtype() + ", expected " + expected.dtype();
        }
        if (!expected.shape().equals(actual.shape())) {
            return what + " has shape " + actual.shape() + ", expected " + expected.shape();
        }
        DType dtype = expected.dtype();
        if (dtype.isDifferentiable()) {
            return reals(what, dtype, expected.toDoubleArray(), actual.toDoubleArray());
        }
        long[] e = expected.toLongArray();
        long[] a = actual.toLongArray();
        for (int i = 0; i < e.length; i++) {
            if (e[i] != a[i]) {
                difference = Math.max(difference, Math.abs((double) e[i] - a[i]));
                return what + " at " + i + " of " + expected.shape() + " is " + a[i] + ", expected " + e[i];
            }
        }
        return null;
    }

    private @Nullable String reals(String what, DType dtype, double[] e, double[] a) {
        int parts = dtype.isComplex() ? 2 : 1;
        double largest = Double.isNaN(scale) ? largest(e) : scale;
        int worst = -1;
        double excess = 1;
        for (int i = 0; i < e.length; i += parts) {
            double distance = parts == 1 ? distance(e[i], a[i]) : complexDistance(e, a, i);
            double size = parts == 1 ? e[i] : Math.hypot(e[i], e[i + 1]);
            if (distance == 0 || finiteOnly && !Double.isFinite(size)) {
                continue;
            }
            double allowed =
                    factor * (chain ? Tolerances.chain(dtype, size, largest) : Tolerances.single(dtype, size, largest));
            double ratio = Double.isFinite(distance) ? distance / allowed : Double.POSITIVE_INFINITY;
            difference = Math.max(difference, distance);
            if (!(ratio <= excess)) {
                excess = ratio;
                worst = i;
            }
        }
        return worst < 0
                ? null
                : what + " at " + worst / parts + " of " + e.length / parts + " is " + number(a, worst, parts)
                        + ", expected " + number(e, worst, parts) + ", " + String.format("%.3g", excess)
                        + " times what is allowed";
    }

    private static double largest(double[] values) {
        double largest = 1;
        for (double value : values) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        return largest;
    }

    private static String number(double[] values, int at, int parts) {
        return parts == 1 ? Double.toString(values[at]) : new Complex(values[at], values[at + 1]).toString();
    }

    /** 0 for equal values, also NaN and infinities; infinite if only one of them is finite. */
    private static double distance(double e, double a) {
        if (e == a || Double.isNaN(e) && Double.isNaN(a)) {
            return 0;
        }
        double distance = Math.abs(e - a);
        return Double.isFinite(distance) ? distance : Double.POSITIVE_INFINITY;
    }

    private static double complexDistance(double[] e, double[] a, int i) {
        boolean nan = Double.isNaN(e[i]) || Double.isNaN(e[i + 1]);
        if (nan) {
            // Which part of an undefined complex number is NaN differs between libraries.
            return Double.isNaN(a[i]) || Double.isNaN(a[i + 1]) ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.hypot(distance(e[i], a[i]), distance(e[i + 1], a[i + 1]));
    }
}

package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;

/**
 * The project's one tolerance table, for every device: how far a result may lie from the expected one.
 *
 * <p>Integers and booleans are exact; F64 and C128 to 1e-9 + 1e-9 |expected|; F32 and C64 to 1e-5 + 1.3e-5 |expected|;
 * F16 and BF16 to one unit in the last place, or to 1.6e-2 relative for chains of operations. Where a result is a sum of
 * many terms that may cancel, the absolute part grows with the largest term.
 */
public final class Tolerances {
    /** What half types may lose over a chain of operations that each round. */
    private static final double CHAIN = 1.6e-2;

    private Tolerances() {}

    /**
     * The distance allowed for a single operation.
     *
     * @param dtype the dtype of the result
     * @param expected the expected value, or the modulus of a complex one
     * @param scale the largest term of a sum, or 1
     */
    public static double single(DType dtype, double expected, double scale) {
        double terms = Math.max(1, Math.abs(scale));
        return switch (dtype.toReal()) {
            case F64 -> 1e-9 * terms + 1e-9 * Math.abs(expected);
            case F32 -> 1e-5 * terms + 1.3e-5 * Math.abs(expected);
            case F16, BF16 -> ulp(dtype, expected);
            default -> 0;
        };
    }

    /** The distance allowed after a chain of operations. */
    public static double chain(DType dtype, double expected, double scale) {
        return dtype.isHalf() ? CHAIN * Math.max(Math.abs(expected), scale) + 1e-5 : single(dtype, expected, scale);
    }

    /** The gap between neighbouring values of a half type at this one. */
    public static double ulp(DType dtype, double value) {
        int exponent = Math.max(Math.getExponent(value), Math.getExponent(dtype.tiny()));
        return Math.scalb(dtype.epsilon(), exponent);
    }

    /** How far a value may lie from the expected one. */
    @FunctionalInterface
    public interface Distance {
        /**
         * @param dtype the dtype of the result
         * @param expected the expected value
         * @param largest the largest expected value of the whole result
         */
        double of(DType dtype, double expected, double largest);
    }

    /** Nothing at all. */
    static final Distance NONE = (dtype, expected, largest) -> 0;

    /** What an analytic gradient may lie from a central difference in F64, whose own error is about 1e-9 / 1e-6. */
    static final Distance SLOPE = (dtype, expected, largest) -> 2e-5 + 1e-3 * largest;

    /**
     * What is allowed between two backends, or two ways to run an operation.
     *
     * <p>Widened: sums, products and scatters of half types to two units of the largest result, because the order in
     * which a backend combines is its own; operations made of several steps to what a chain is allowed.
     */
    static Distance of(Op op) {
        if (op instanceof Derived || op instanceof HostOp) {
            return Tolerances::chain;
        }
        boolean sum = op instanceof Reduce || op instanceof Scan || op instanceof MatMul || op instanceof Scatter;
        if (!sum) {
            return (dtype, expected, largest) -> single(dtype, expected, 1);
        }
        return (dtype, expected, largest) -> dtype.isHalf()
                ? 2 * ulp(dtype, Math.max(Math.abs(expected), largest))
                : single(dtype, expected, largest);
    }
}

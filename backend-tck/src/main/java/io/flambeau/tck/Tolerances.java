package io.flambeau.tck;

import io.flambeau.tensor.DType;

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
        return dtype.isHalf()
                ? CHAIN * Math.max(Math.abs(expected), scale) + 1e-5
                : single(dtype, expected, scale);
    }

    /** The gap between neighbouring values of a half type at this one. */
    public static double ulp(DType dtype, double value) {
        int exponent = Math.max(Math.getExponent(value), Math.getExponent(dtype.tiny()));
        return Math.scalb(dtype.epsilon(), exponent);
    }
}

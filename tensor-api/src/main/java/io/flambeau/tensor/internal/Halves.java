package io.flambeau.tensor.internal;

/** Conversions of the two 16-bit floating types, rounding to nearest with ties to even. */
public final class Halves {
    private Halves() {}

    public static float bf16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    public static short floatToBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (value != value) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    public static short doubleToF16(double value) {
        return Float.floatToFloat16(odd(value));
    }

    public static short doubleToBf16(double value) {
        return floatToBf16(odd(value));
    }

    /** Rounds a double to a float by setting the last bit where it is inexact, so that a second rounding is right. */
    private static float odd(double value) {
        float nearest = (float) value;
        if (nearest == value || value != value || Float.isInfinite(nearest)) {
            return nearest;
        }
        int bits = Float.floatToRawIntBits(nearest);
        if ((bits & 1) != 0) {
            return nearest;
        }
        boolean above = Math.abs((double) nearest) > Math.abs(value);
        return Float.intBitsToFloat(above ? bits - 1 : bits + 1);
    }
}

package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;

/** Immediate operands, rounded to a dtype as if they were elements of a tensor. */
final class Scalars {
    private Scalars() {}

    /** Adds the operand in the computing type of the dtype. */
    static Arguments add(Scalar s, DType dtype, Arguments a) {
        switch (dtype) {
            case BOOL, U8, I8, I16, I32, I64 -> a.i64(integer(s, dtype));
            case F16, BF16 -> a.f32(half(s, dtype));
            case F32 -> a.f32((float) s.re());
            case F64 -> a.f64(s.re());
            case C64 -> {
                int at = a.struct(8);
                a.put(at, (float) s.re());
                a.put(at + 4, (float) s.im());
            }
            case C128 -> {
                int at = a.struct(16);
                a.put(at, s.re());
                a.put(at + 8, s.im());
            }
        }
        return a;
    }

    /** The first eight bytes of an element with this value. */
    static long low(Scalar s, DType dtype) {
        return switch (dtype) {
            case BOOL -> s.re() != 0 || s.im() != 0 || s.integer() != 0 ? 1 : 0;
            case U8, I8, I16, I32, I64 -> s.integer();
            case F16 -> Float.floatToFloat16((float) s.re());
            case BF16 -> Float.floatToRawIntBits(half(s, dtype)) >>> 16;
            case F32 -> Float.floatToRawIntBits((float) s.re());
            case C64 ->
                Float.floatToRawIntBits((float) s.re()) & 0xFFFFFFFFL
                        | (long) Float.floatToRawIntBits((float) s.im()) << 32;
            case F64, C128 -> Double.doubleToRawLongBits(s.re());
        };
    }

    private static long integer(Scalar s, DType dtype) {
        return switch (dtype) {
            case BOOL -> s.integer() != 0 ? 1 : 0;
            case U8 -> s.integer() & 0xFF;
            case I8 -> (byte) s.integer();
            case I16 -> (short) s.integer();
            case I32 -> (int) s.integer();
            default -> s.integer();
        };
    }

    private static float half(Scalar s, DType dtype) {
        float value = (float) s.re();
        if (dtype == DType.F16) {
            return Float.float16ToFloat(Float.floatToFloat16(value));
        }
        if (Float.isNaN(value)) {
            return value;
        }
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
    }
}

package io.flambeau.backend.cpu.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Native memory by raw address.
 *
 * <p>Note [One segment for all memory]: every access goes through one constant segment that spans the address space,
 * so the compiler sees a constant base and leaves no bounds or liveness check in a loop. Shapes are checked once, by
 * the API, and the API keeps the storages reachable while a kernel runs.
 */
public final class Mem {
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfByte I8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    private Mem() {}

    public static byte i8(long a) {
        return ALL.get(I8, a);
    }

    public static void i8(long a, byte v) {
        ALL.set(I8, a, v);
    }

    public static short i16(long a) {
        return ALL.get(I16, a);
    }

    public static void i16(long a, short v) {
        ALL.set(I16, a, v);
    }

    public static int i32(long a) {
        return ALL.get(I32, a);
    }

    public static void i32(long a, int v) {
        ALL.set(I32, a, v);
    }

    public static long i64(long a) {
        return ALL.get(I64, a);
    }

    public static void i64(long a, long v) {
        ALL.set(I64, a, v);
    }

    public static float f32(long a) {
        return ALL.get(F32, a);
    }

    public static void f32(long a, float v) {
        ALL.set(F32, a, v);
    }

    public static double f64(long a) {
        return ALL.get(F64, a);
    }

    public static void f64(long a, double v) {
        ALL.set(F64, a, v);
    }

    /** Widens the half precision number at {@code a}. */
    public static float f16(long a) {
        return Float.float16ToFloat(i16(a));
    }

    /** Stores {@code v} rounded to half precision. */
    public static void f16(long a, float v) {
        i16(a, Float.floatToFloat16(v));
    }

    /** Widens the bfloat16 number at {@code a}. */
    public static float bf16(long a) {
        return Float.intBitsToFloat(i16(a) << 16);
    }

    /** Stores {@code v} rounded to bfloat16, ties to even; a NaN stays a NaN. */
    public static void bf16(long a, float v) {
        i16(a, toBf16(v));
    }

    public static short toBf16(float v) {
        // The canonical NaN keeps its upper half through the addition, as every other value is rounded by it.
        int bits = Float.floatToIntBits(v);
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    /** Copies {@code bytes} bytes between regions that do not overlap. */
    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** Copies adjacent floats to an array; see Note [Plain loops on the heap]. */
    public static void read(long from, float[] to, int at, int count) {
        MemorySegment.copy(ALL, F32, from, to, at, count);
    }

    /** Copies floats of an array to adjacent ones. */
    public static void write(float[] from, int at, int count, long to) {
        MemorySegment.copy(from, at, ALL, F32, to, count);
    }

    public static void zero(long a, long bytes) {
        ALL.asSlice(a, bytes).fill((byte) 0);
    }
}

package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The elements of a view, numbered in row-major order, read and written as long, double or complex.
 *
 * <p>Note [Computing types]: integers and BOOL are computed in 64 bits and wrap when written; floating dtypes are
 * computed in double and rounded once to their computing type, which is float for F16, BF16 and F32. For +, -, *, / and
 * sqrt that gives exactly what float arithmetic gives, because double has more than twice float's digits (Figueroa,
 * <em>When is double rounding innocuous?</em>, 1995). F16 and BF16 are then rounded once more, from float.
 */
final class Elements {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    private final MemorySegment memory;
    private final DType dtype;
    private final int bytes;
    private final long count;
    private final long first;
    /** The byte offsets of the elements, or empty if they lie one after another. */
    private final long[] places;

    private Elements(View view) {
        memory = ReferenceBackend.memory(view.storage());
        dtype = view.dtype();
        bytes = dtype.bytes();
        count = view.shape().count();
        first = view.offset() * bytes;
        places = view.isContiguous() ? new long[0] : places(view);
    }

    static Elements of(View view) {
        return new Elements(view);
    }

    /** The elements with some axes moved to the end, so that what is done along them is done along rows. */
    static Elements of(View view, long lastAxes) {
        int rank = view.shape().rank();
        long[] sizes = new long[rank];
        long[] strides = new long[rank];
        int n = 0;
        for (int last = 0; last <= 1; last++) {
            for (int axis = 0; axis < rank; axis++) {
                if ((lastAxes >>> axis & 1) == last) {
                    sizes[n] = view.shape().size(axis);
                    strides[n++] = view.stride(axis);
                }
            }
        }
        return new Elements(view.with(Shape.of(sizes), strides, view.offset()));
    }

    private static long[] places(View view) {
        int rank = view.shape().rank();
        long[] places = new long[Math.toIntExact(view.shape().count())];
        long[] index = new long[rank];
        long at = view.offset();
        for (int i = 0; i < places.length; i++) {
            places[i] = at * view.dtype().bytes();
            for (int axis = rank - 1; axis >= 0; axis--) {
                at += view.stride(axis);
                if (++index[axis] < view.shape().size(axis)) {
                    break;
                }
                at -= index[axis] * view.stride(axis);
                index[axis] = 0;
            }
        }
        return places;
    }

    private long place(long i) {
        return places.length == 0 ? first + i * bytes : places[(int) i];
    }

    long count() {
        return count;
    }

    DType dtype() {
        return dtype;
    }

    /** An element of a BOOL or integer dtype. */
    long integer(long i) {
        long at = place(i);
        return switch (dtype) {
            case BOOL, U8 -> memory.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            case I8 -> memory.get(ValueLayout.JAVA_BYTE, at);
            case I16 -> memory.get(SHORT, at);
            case I32 -> memory.get(INT, at);
            case I64 -> memory.get(LONG, at);
            default -> throw new IllegalStateException(dtype + " is not an integer dtype");
        };
    }

    /** An element of a floating dtype. */
    double real(long i) {
        return dtype.isFloating() ? real(dtype, place(i)) : integer(i);
    }

    /** An element of any dtype. */
    Complex complex(long i) {
        if (!dtype.isComplex()) {
            return new Complex(real(i), 0);
        }
        DType part = dtype.toReal();
        return new Complex(real(part, place(i)), real(part, place(i) + part.bytes()));
    }

    private double real(DType part, long at) {
        return switch (part) {
            case F16 -> Float.float16ToFloat(memory.get(SHORT, at));
            case BF16 -> Float.intBitsToFloat(memory.get(SHORT, at) << 16);
            case F32 -> memory.get(FLOAT, at);
            case F64 -> memory.get(DOUBLE, at);
            default -> throw new IllegalStateException(part + " is not a floating dtype");
        };
    }

    /** Writes to a BOOL (nonzero is true) or integer (wrapping) element. */
    void set(long i, long value) {
        long at = place(i);
        switch (dtype) {
            case BOOL -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) (value != 0 ? 1 : 0));
            case U8, I8 -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case I16 -> memory.set(SHORT, at, (short) value);
            case I32 -> memory.set(INT, at, (int) value);
            case I64 -> memory.set(LONG, at, value);
            default -> throw new IllegalStateException(dtype + " is not an integer dtype");
        }
    }

    /** Writes to a floating element, rounding. */
    void set(long i, double value) {
        set(dtype, place(i), value);
    }

    /** Writes to a complex element, rounding both parts. */
    void set(long i, Complex value) {
        DType part = dtype.toReal();
        set(part, place(i), value.re());
        set(part, place(i) + part.bytes(), value.im());
    }

    /** A value wrapped to a BOOL (nonzero is 1) or integer dtype; 0 for others. */
    static long wrapped(DType dtype, long value) {
        return switch (dtype) {
            case BOOL -> value != 0 ? 1 : 0;
            case U8 -> value & 0xFF;
            case I8 -> (byte) value;
            case I16 -> (short) value;
            case I32 -> (int) value;
            case I64 -> value;
            default -> 0;
        };
    }

    /** A value rounded to a floating dtype, or to the parts of a complex one. */
    static double rounded(DType dtype, double value) {
        return switch (dtype) {
            case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
            case BF16 -> Float.intBitsToFloat(bfloat16((float) value) << 16);
            case F32, C64 -> (float) value;
            default -> value;
        };
    }

    private void set(DType part, long at, double value) {
        switch (part) {
            case F16 -> memory.set(SHORT, at, Float.floatToFloat16((float) value));
            case BF16 -> memory.set(SHORT, at, bfloat16((float) value));
            case F32 -> memory.set(FLOAT, at, (float) value);
            case F64 -> memory.set(DOUBLE, at, value);
            default -> throw new IllegalStateException(part + " is not a floating dtype");
        }
    }

    /** The upper half of a float's bits, rounded to nearest with ties to even; NaN stays NaN. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        int half = 0x7FFF + (bits >>> 16 & 1);
        return (short) (bits + half >>> 16);
    }

    /** Copies an element's bits from another view of the same dtype. */
    void copy(long i, Elements from, long j) {
        MemorySegment.copy(from.memory, from.place(j), memory, place(i), bytes);
    }
}

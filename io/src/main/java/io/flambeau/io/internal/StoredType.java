package io.flambeau.io.internal;

import io.flambeau.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The types of which files hold elements, under the names of safetensors.
 *
 * <p>Note [Widening]: a type that no tensor has is read as the narrowest that holds each of its values exactly: unsigned
 * integers as signed ones of twice the width, floats of 8 bits as F16, powers of two as F32. Nothing is wider than I64, so
 * a U64 beyond it is an error. Types of less than 8 bits can only be skipped.
 */
public enum StoredType {
    BOOL(DType.BOOL),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(DType.U8),
    I8(DType.I8),
    F8_E5M2(8, DType.F16, "float8_e5m2", raw -> raw << 8),
    F8_E4M3(8, DType.F16, "float8_e4m3fn", raw -> (raw & 0x7F) == 0x7F ? Bits.NAN16 : Bits.f16(raw, 3, 7)),
    F8_E8M0(8, DType.F32, "float8_e8m0fnu", raw -> raw == 0xFF ? Bits.NAN32 : Bits.power(raw)),
    F8_E4M3FNUZ(8, DType.F16, "float8_e4m3fnuz", raw -> raw == 0x80 ? Bits.NAN16 : Bits.f16(raw, 3, 8)),
    F8_E5M2FNUZ(8, DType.F16, "float8_e5m2fnuz", raw -> raw == 0x80 ? Bits.NAN16 : Bits.f16(raw, 2, 16)),
    I16(DType.I16),
    U16(16, DType.I32, "uint16", raw -> raw),
    F16(DType.F16),
    BF16(DType.BF16),
    I32(DType.I32),
    U32(32, DType.I64, "uint32", raw -> raw),
    F32(DType.F32),
    C64(DType.C64),
    F64(DType.F64),
    I64(DType.I64),
    U64(64, DType.I64, "uint64", raw -> raw),
    C128(DType.C128);

    private static final Map<String, StoredType> BY_NAME = new HashMap<>();

    static {
        for (StoredType type : values()) {
            BY_NAME.put(type.name(), type);
        }
    }

    private final int bits;
    private final @Nullable DType dtype;
    private final @Nullable String title;
    /** From a stored element, as an unsigned number, to the bits of the wider one; null where nothing is widened. */
    private final @Nullable LongUnaryOperator widening;

    StoredType(int bits, @Nullable DType dtype, @Nullable String title, @Nullable LongUnaryOperator widening) {
        this.bits = bits;
        this.dtype = dtype;
        this.title = title;
        this.widening = widening;
    }

    StoredType(DType dtype) {
        this(8 * dtype.bytes(), dtype, dtype.title(), null);
    }

    StoredType(int bits) {
        this(bits, null, null, null);
    }

    public int bits() {
        return bits;
    }

    public int bytes() {
        return bits / 8;
    }

    /** The dtype of a tensor that holds such elements, or null if there is none. */
    public @Nullable DType dtype() {
        return dtype;
    }

    /** The dtype of a tensor that holds the elements of this name; an error where there is none. */
    public DType dtype(Source source, String name) {
        if (dtype == null) {
            throw source.refuse(
                    Source.quote(name) + " is stored as " + this + ", which no tensor can hold",
                    "convert it before saving");
        }
        return dtype;
    }

    /** PyTorch's name, or null for a type that PyTorch lacks. */
    public @Nullable String title() {
        return title;
    }

    /** Whether a tensor holds the very bytes that a file in this order has. */
    public boolean isVerbatim(ByteOrder order) {
        return widening == null && dtype != DType.BOOL && (bits == 8 || order == ByteOrder.nativeOrder());
    }

    /** Turns whole elements of a file into elements of the dtype. */
    public void copy(Source source, MemorySegment from, ByteOrder order, MemorySegment to) {
        if (dtype == null || widening == null) {
            Elements.copy(from, order, dtype(source, "it"), to);
            return;
        }
        long count = from.byteSize() / bytes();
        for (long i = 0; i < count; i++) {
            long raw = raw(from, i, order);
            if (this == U64 && raw < 0) {
                throw source.refuse(
                        "it holds the uint64 " + Long.toUnsignedString(raw) + ", which is beyond int64",
                        "convert it before saving");
            }
            long wide = widening.applyAsLong(raw);
            switch (dtype.bytes()) {
                case 2 -> to.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, (short) wide);
                case 4 -> to.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, (int) wide);
                default -> to.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, wide);
            }
        }
    }

    private long raw(MemorySegment from, long i, ByteOrder order) {
        boolean swapped = order != ByteOrder.nativeOrder();
        switch (bits) {
            case 8 -> {
                return Byte.toUnsignedLong(from.get(ValueLayout.JAVA_BYTE, i));
            }
            case 16 -> {
                short bits = from.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i);
                return Short.toUnsignedLong(swapped ? Short.reverseBytes(bits) : bits);
            }
            case 32 -> {
                int bits = from.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
                return Integer.toUnsignedLong(swapped ? Integer.reverseBytes(bits) : bits);
            }
            default -> {
                long bits = from.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
                return swapped ? Long.reverseBytes(bits) : bits;
            }
        }
    }

    /** The type of this name in a file, or null. */
    public static @Nullable StoredType named(String name) {
        return BY_NAME.get(name);
    }

    /** How elements of this dtype are stored. */
    public static StoredType of(DType dtype) {
        return valueOf(dtype.name());
    }

    /** The bits of wider floats. */
    private static final class Bits {
        static final long NAN16 = 0x7E00;
        static final long NAN32 = 0x7FC00000;

        /** A float of 8 bits as one of 16, which has more of both exponent and mantissa. */
        static long f16(long raw, int mantissaBits, int bias) {
            int mantissa = (int) raw & (1 << mantissaBits) - 1;
            int exponent = (int) (raw & 0x7F) >> mantissaBits;
            int significand = exponent == 0 ? mantissa : mantissa | 1 << mantissaBits;
            float value = Math.scalb((float) significand, Math.max(exponent, 1) - bias - mantissaBits);
            return Float.floatToFloat16((raw & 0x80) == 0 ? value : -value);
        }

        static long power(long raw) {
            return Float.floatToRawIntBits(Math.scalb(1f, (int) raw - 127));
        }
    }
}

package io.flambeau.io.internal;

import io.flambeau.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Moves elements between a file's byte order and the machine's. */
public final class Elements {
    private Elements() {}

    /** Copies whole elements, swapping bytes if the orders differ; any byte of a bool that is not 0 becomes 1. */
    public static void copy(MemorySegment from, ByteOrder order, DType dtype, MemorySegment to) {
        int width = dtype.toReal().bytes();
        if (dtype == DType.BOOL) {
            for (long i = 0; i < from.byteSize(); i++) {
                to.set(ValueLayout.JAVA_BYTE, i, (byte) (from.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1));
            }
        } else if (width == 1 || order == ByteOrder.nativeOrder()) {
            to.copyFrom(from);
        } else {
            swap(from, width, to);
        }
    }

    private static void swap(MemorySegment from, int width, MemorySegment to) {
        ValueLayout layout = switch (width) {
            case 2 -> ValueLayout.JAVA_SHORT_UNALIGNED;
            case 4 -> ValueLayout.JAVA_INT_UNALIGNED;
            default -> ValueLayout.JAVA_LONG_UNALIGNED;
        };
        ByteOrder other =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        MemorySegment.copy(from, layout.withOrder(other), 0, to, layout, 0, from.byteSize() / width);
    }
}

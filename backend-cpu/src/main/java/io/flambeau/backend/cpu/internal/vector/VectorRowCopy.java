package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Rows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Copies short rows by whole vectors, of which the last overlaps the one before, or by one masked vector. */
public final class VectorRowCopy implements Rows {
    @Override
    public void copy(int count, long[] offsets, int first, long from, int length, long to, long pitch) {
        if (length < Lanes.FLOATS) {
            masked(count, offsets, first, from, Lanes.F32.indexInRange(0, length), to, pitch);
        } else if (length <= 2 * Lanes.FLOATS) {
            twice(count, offsets, first, from, (length - Lanes.FLOATS) * 4L, to, pitch);
        } else {
            for (int i = 0; i < count; i++) {
                row(from + offsets[first + i], length * 4, to + i * pitch);
            }
        }
    }

    private static void masked(
            int count, long[] offsets, int first, long from, VectorMask<Float> mask, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, from + offsets[first + i], Lanes.ORDER, mask)
                    .intoMemorySegment(Mem.ALL, to + i * pitch, Lanes.ORDER, mask);
        }
    }

    /** Two vectors a row, the second {@code shift} bytes after the first. */
    private static void twice(int count, long[] offsets, int first, long from, long shift, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            long source = from + offsets[first + i];
            FloatVector a = Lanes.load(source);
            FloatVector b = Lanes.load(source + shift);
            a.intoMemorySegment(Mem.ALL, to + i * pitch, Lanes.ORDER);
            b.intoMemorySegment(Mem.ALL, to + i * pitch + shift, Lanes.ORDER);
        }
    }

    /** Copies a row of at least a vector's bytes. */
    static void row(long from, int bytes, long to) {
        for (int i = 0; i <= bytes - Lanes.BYTES; i += Lanes.BYTES) {
            Lanes.load(from + i).intoMemorySegment(Mem.ALL, to + i, Lanes.ORDER);
        }
        long last = bytes - Lanes.BYTES;
        Lanes.load(from + last).intoMemorySegment(Mem.ALL, to + last, Lanes.ORDER);
    }
}

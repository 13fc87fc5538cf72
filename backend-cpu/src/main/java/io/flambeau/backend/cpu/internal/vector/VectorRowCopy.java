package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Rows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies short rows by two vectors, of which the second overlaps the first: the widest ones, or those of eight or four
 * floats. Masks would read and write as little, but took several times as long.
 */
public final class VectorRowCopy implements Rows {
    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    @Override
    public void copy(int count, long[] offsets, int first, long from, int length, long to, long pitch) {
        if (length > 2 * Lanes.FLOATS) {
            for (int i = 0; i < count; i++) {
                row(from + offsets[first + i], length * 4, to + i * pitch);
            }
        } else if (length == Lanes.FLOATS) {
            once(count, offsets, first, from, to, pitch);
        } else if (length > Lanes.FLOATS) {
            twice(count, offsets, first, from, (length - Lanes.FLOATS) * 4L, to, pitch);
        } else if (length >= 8) {
            eights(count, offsets, first, from, (length - 8) * 4L, to, pitch);
        } else if (length >= 4) {
            fours(count, offsets, first, from, (length - 4) * 4L, to, pitch);
        } else {
            ones(count, offsets, first, from, length, to, pitch);
        }
    }

    @Override
    public void copy(int count, long from, long step, int length, long to, long pitch) {
        if (length > 2 * Lanes.FLOATS) {
            for (int i = 0; i < count; i++) {
                row(from + i * step, length * 4, to + i * pitch);
            }
        } else if (length >= Lanes.FLOATS) {
            twice(count, from, step, (length - Lanes.FLOATS) * 4L, to, pitch);
        } else if (length >= 4) {
            for (int i = 0; i < count; i++) {
                less(length, from + i * step, to + i * pitch);
            }
        } else {
            Rows.super.copy(count, from, step, length, to, pitch);
        }
    }

    private static void twice(int count, long from, long step, long shift, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            FloatVector a = Lanes.load(from + i * step);
            FloatVector b = Lanes.load(from + i * step + shift);
            a.intoMemorySegment(Mem.ALL, to + i * pitch, Lanes.ORDER);
            b.intoMemorySegment(Mem.ALL, to + i * pitch + shift, Lanes.ORDER);
        }
    }

    private static void ones(int count, long[] offsets, int first, long from, int length, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < length; j++) {
                Mem.i32(to + i * pitch + j * 4L, Mem.i32(from + offsets[first + i] + j * 4L));
            }
        }
    }

    private static void once(int count, long[] offsets, int first, long from, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            Lanes.load(from + offsets[first + i]).intoMemorySegment(Mem.ALL, to + i * pitch, Lanes.ORDER);
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

    // Each width has its loop in a method of its own; see Note [Long vector methods].

    private static void eights(int count, long[] offsets, int first, long from, long shift, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            eight(from + offsets[first + i], shift, to + i * pitch);
        }
    }

    private static void fours(int count, long[] offsets, int first, long from, long shift, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            four(from + offsets[first + i], shift, to + i * pitch);
        }
    }

    private static void eight(long from, long shift, long to) {
        FloatVector a = FloatVector.fromMemorySegment(EIGHT, Mem.ALL, from, Lanes.ORDER);
        FloatVector b = FloatVector.fromMemorySegment(EIGHT, Mem.ALL, from + shift, Lanes.ORDER);
        a.intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
        b.intoMemorySegment(Mem.ALL, to + shift, Lanes.ORDER);
    }

    private static void four(long from, long shift, long to) {
        FloatVector a = FloatVector.fromMemorySegment(FOUR, Mem.ALL, from, Lanes.ORDER);
        FloatVector b = FloatVector.fromMemorySegment(FOUR, Mem.ALL, from + shift, Lanes.ORDER);
        a.intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
        b.intoMemorySegment(Mem.ALL, to + shift, Lanes.ORDER);
    }

    /** Copies a row of at least four floats and less than a vector. */
    static void less(int length, long from, long to) {
        if (length >= 8) {
            eight(from, (length - 8) * 4L, to);
        } else {
            four(from, (length - 4) * 4L, to);
        }
    }

    /** Copies a row of at least a vector's bytes. */
    static void row(long from, int bytes, long to) {
        int last = bytes - Lanes.BYTES;
        for (int i = 0; i < last; i += Lanes.BYTES) {
            Lanes.load(from + i).intoMemorySegment(Mem.ALL, to + i, Lanes.ORDER);
        }
        Lanes.load(from + last).intoMemorySegment(Mem.ALL, to + last, Lanes.ORDER);
    }
}

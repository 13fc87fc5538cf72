package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.WindowTile;
import jdk.incubator.vector.FloatVector;

/** One output by eight vectors of places; see Note [Small micro-kernels]. */
public final class WindowTile1 extends WindowTile {
    public WindowTile1() {
        super(1, 8, Lanes.FLOATS);
    }

    @Override
    public void run(
            int depth,
            int count,
            long w,
            long pitch,
            long x,
            long next,
            long[] offsets,
            int first,
            long sums,
            long beside,
            long step,
            boolean add) {
        long x2 = 2 * next;
        long x3 = 3 * next;
        long x4 = 4 * next;
        long x5 = 5 * next;
        long x6 = 6 * next;
        long x7 = 7 * next;
        FloatVector c0 = FloatVector.zero(Lanes.F32);
        FloatVector c1 = FloatVector.zero(Lanes.F32);
        FloatVector c2 = FloatVector.zero(Lanes.F32);
        FloatVector c3 = FloatVector.zero(Lanes.F32);
        FloatVector c4 = FloatVector.zero(Lanes.F32);
        FloatVector c5 = FloatVector.zero(Lanes.F32);
        FloatVector c6 = FloatVector.zero(Lanes.F32);
        FloatVector c7 = FloatVector.zero(Lanes.F32);
        for (int k = 0; k < depth; k++) {
            long at = x + offsets[first + k];
            FloatVector a = FloatVector.broadcast(Lanes.F32, Mem.f32(w + k * 4L));
            c0 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at, Lanes.ORDER), c0);
            c1 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + next, Lanes.ORDER), c1);
            c2 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + x2, Lanes.ORDER), c2);
            c3 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + x3, Lanes.ORDER), c3);
            c4 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + x4, Lanes.ORDER), c4);
            c5 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + x5, Lanes.ORDER), c5);
            c6 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + x6, Lanes.ORDER), c6);
            c7 = a.fma(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + x7, Lanes.ORDER), c7);
        }
        if (add) {
            c0 = c0.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums, Lanes.ORDER));
            c1 = c1.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + beside, Lanes.ORDER));
            c2 = c2.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + 2 * beside, Lanes.ORDER));
            c3 = c3.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + 3 * beside, Lanes.ORDER));
            c4 = c4.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + 4 * beside, Lanes.ORDER));
            c5 = c5.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + 5 * beside, Lanes.ORDER));
            c6 = c6.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + 6 * beside, Lanes.ORDER));
            c7 = c7.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + 7 * beside, Lanes.ORDER));
        }
        c0.intoMemorySegment(Mem.ALL, sums, Lanes.ORDER);
        c1.intoMemorySegment(Mem.ALL, sums + beside, Lanes.ORDER);
        c2.intoMemorySegment(Mem.ALL, sums + 2 * beside, Lanes.ORDER);
        c3.intoMemorySegment(Mem.ALL, sums + 3 * beside, Lanes.ORDER);
        c4.intoMemorySegment(Mem.ALL, sums + 4 * beside, Lanes.ORDER);
        c5.intoMemorySegment(Mem.ALL, sums + 5 * beside, Lanes.ORDER);
        c6.intoMemorySegment(Mem.ALL, sums + 6 * beside, Lanes.ORDER);
        c7.intoMemorySegment(Mem.ALL, sums + 7 * beside, Lanes.ORDER);
    }
}

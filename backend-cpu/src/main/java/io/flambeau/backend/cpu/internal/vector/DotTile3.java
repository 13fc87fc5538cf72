package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.DotTile;
import io.flambeau.backend.cpu.internal.Mem;
import jdk.incubator.vector.FloatVector;

/** Three outputs by three elements of windows; see Note [Small micro-kernels]. What is not there repeats the last. */
public final class DotTile3 extends DotTile {
    private static final long LANE_BYTES = LANES * 4L;

    public DotTile3() {
        super(3, 3);
    }

    @Override
    public void run(
            Area area,
            int outputs,
            long g,
            long pitch,
            int elements,
            long x,
            long[] offsets,
            int first,
            long sums,
            long step) {
        int n = area.length();
        for (int i = 0; i < LANES; i += Lanes.FLOATS) {
            long at = i * 4L;
            pass(n, outputs - 1, g + at, pitch, elements - 1, x + at, offsets, first, sums + at, step);
        }
    }

    /** A vector of lanes of each sum. */
    private static void pass(
            int n, int o, long g, long pitch, int e, long x, long[] offsets, int first, long sums, long step) {
        long x0 = x + offsets[first];
        long x1 = x + offsets[first + Math.min(1, e)];
        long x2 = x + offsets[first + e];
        long l1 = Math.min(1, e) * LANE_BYTES;
        long l2 = e * LANE_BYTES;
        long g1 = g + Math.min(1, o) * pitch;
        long s1 = sums + Math.min(1, o) * step;
        long g2 = g + o * pitch;
        long s2 = sums + o * step;
        FloatVector c00 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums, Lanes.ORDER);
        FloatVector c01 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l1, Lanes.ORDER);
        FloatVector c02 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l2, Lanes.ORDER);
        FloatVector c10 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s1, Lanes.ORDER);
        FloatVector c11 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s1 + l1, Lanes.ORDER);
        FloatVector c12 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s1 + l2, Lanes.ORDER);
        FloatVector c20 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s2, Lanes.ORDER);
        FloatVector c21 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s2 + l1, Lanes.ORDER);
        FloatVector c22 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s2 + l2, Lanes.ORDER);
        for (int p = 0; p < n; p += LANES) {
            FloatVector v0 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, g + p * 4L, Lanes.ORDER);
            FloatVector v1 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, g1 + p * 4L, Lanes.ORDER);
            FloatVector v2 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, g2 + p * 4L, Lanes.ORDER);
            FloatVector u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x0 + p * 4L, Lanes.ORDER);
            c00 = v0.fma(u, c00);
            c10 = v1.fma(u, c10);
            c20 = v2.fma(u, c20);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x1 + p * 4L, Lanes.ORDER);
            c01 = v0.fma(u, c01);
            c11 = v1.fma(u, c11);
            c21 = v2.fma(u, c21);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x2 + p * 4L, Lanes.ORDER);
            c02 = v0.fma(u, c02);
            c12 = v1.fma(u, c12);
            c22 = v2.fma(u, c22);
        }
        c00.intoMemorySegment(Mem.ALL, sums, Lanes.ORDER);
        c01.intoMemorySegment(Mem.ALL, sums + l1, Lanes.ORDER);
        c02.intoMemorySegment(Mem.ALL, sums + l2, Lanes.ORDER);
        c10.intoMemorySegment(Mem.ALL, s1, Lanes.ORDER);
        c11.intoMemorySegment(Mem.ALL, s1 + l1, Lanes.ORDER);
        c12.intoMemorySegment(Mem.ALL, s1 + l2, Lanes.ORDER);
        c20.intoMemorySegment(Mem.ALL, s2, Lanes.ORDER);
        c21.intoMemorySegment(Mem.ALL, s2 + l1, Lanes.ORDER);
        c22.intoMemorySegment(Mem.ALL, s2 + l2, Lanes.ORDER);
    }
}

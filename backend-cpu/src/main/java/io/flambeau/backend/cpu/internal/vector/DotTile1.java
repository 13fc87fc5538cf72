package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.DotTile;
import io.flambeau.backend.cpu.internal.Mem;
import jdk.incubator.vector.FloatVector;

/** One output by nine elements of windows; see Note [Small micro-kernels]. What is not there repeats the last. */
public final class DotTile1 extends DotTile {
    private static final long LANE_BYTES = LANES * 4L;

    public DotTile1() {
        super(1, 9);
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
        long x2 = x + offsets[first + Math.min(2, e)];
        long x3 = x + offsets[first + Math.min(3, e)];
        long x4 = x + offsets[first + Math.min(4, e)];
        long x5 = x + offsets[first + Math.min(5, e)];
        long x6 = x + offsets[first + Math.min(6, e)];
        long x7 = x + offsets[first + Math.min(7, e)];
        long x8 = x + offsets[first + e];
        long l1 = Math.min(1, e) * LANE_BYTES;
        long l2 = Math.min(2, e) * LANE_BYTES;
        long l3 = Math.min(3, e) * LANE_BYTES;
        long l4 = Math.min(4, e) * LANE_BYTES;
        long l5 = Math.min(5, e) * LANE_BYTES;
        long l6 = Math.min(6, e) * LANE_BYTES;
        long l7 = Math.min(7, e) * LANE_BYTES;
        long l8 = e * LANE_BYTES;
        FloatVector c00 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums, Lanes.ORDER);
        FloatVector c01 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l1, Lanes.ORDER);
        FloatVector c02 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l2, Lanes.ORDER);
        FloatVector c03 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l3, Lanes.ORDER);
        FloatVector c04 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l4, Lanes.ORDER);
        FloatVector c05 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l5, Lanes.ORDER);
        FloatVector c06 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l6, Lanes.ORDER);
        FloatVector c07 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l7, Lanes.ORDER);
        FloatVector c08 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + l8, Lanes.ORDER);
        for (int p = 0; p < n; p += LANES) {
            FloatVector v0 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, g + p * 4L, Lanes.ORDER);
            FloatVector u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x0 + p * 4L, Lanes.ORDER);
            c00 = v0.fma(u, c00);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x1 + p * 4L, Lanes.ORDER);
            c01 = v0.fma(u, c01);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x2 + p * 4L, Lanes.ORDER);
            c02 = v0.fma(u, c02);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x3 + p * 4L, Lanes.ORDER);
            c03 = v0.fma(u, c03);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x4 + p * 4L, Lanes.ORDER);
            c04 = v0.fma(u, c04);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x5 + p * 4L, Lanes.ORDER);
            c05 = v0.fma(u, c05);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x6 + p * 4L, Lanes.ORDER);
            c06 = v0.fma(u, c06);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x7 + p * 4L, Lanes.ORDER);
            c07 = v0.fma(u, c07);
            u = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, x8 + p * 4L, Lanes.ORDER);
            c08 = v0.fma(u, c08);
        }
        c00.intoMemorySegment(Mem.ALL, sums, Lanes.ORDER);
        c01.intoMemorySegment(Mem.ALL, sums + l1, Lanes.ORDER);
        c02.intoMemorySegment(Mem.ALL, sums + l2, Lanes.ORDER);
        c03.intoMemorySegment(Mem.ALL, sums + l3, Lanes.ORDER);
        c04.intoMemorySegment(Mem.ALL, sums + l4, Lanes.ORDER);
        c05.intoMemorySegment(Mem.ALL, sums + l5, Lanes.ORDER);
        c06.intoMemorySegment(Mem.ALL, sums + l6, Lanes.ORDER);
        c07.intoMemorySegment(Mem.ALL, sums + l7, Lanes.ORDER);
        c08.intoMemorySegment(Mem.ALL, sums + l8, Lanes.ORDER);
    }
}

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
        FloatVector c00 = Lanes.load(sums);
        FloatVector c01 = Lanes.load(sums + l1);
        FloatVector c02 = Lanes.load(sums + l2);
        FloatVector c03 = Lanes.load(sums + l3);
        FloatVector c04 = Lanes.load(sums + l4);
        FloatVector c05 = Lanes.load(sums + l5);
        FloatVector c06 = Lanes.load(sums + l6);
        FloatVector c07 = Lanes.load(sums + l7);
        FloatVector c08 = Lanes.load(sums + l8);
        for (int p = 0; p < n; p += LANES) {
            FloatVector v0 = Lanes.load(g + p * 4L);
            FloatVector u = Lanes.load(x0 + p * 4L);
            c00 = v0.fma(u, c00);
            u = Lanes.load(x1 + p * 4L);
            c01 = v0.fma(u, c01);
            u = Lanes.load(x2 + p * 4L);
            c02 = v0.fma(u, c02);
            u = Lanes.load(x3 + p * 4L);
            c03 = v0.fma(u, c03);
            u = Lanes.load(x4 + p * 4L);
            c04 = v0.fma(u, c04);
            u = Lanes.load(x5 + p * 4L);
            c05 = v0.fma(u, c05);
            u = Lanes.load(x6 + p * 4L);
            c06 = v0.fma(u, c06);
            u = Lanes.load(x7 + p * 4L);
            c07 = v0.fma(u, c07);
            u = Lanes.load(x8 + p * 4L);
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

package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.MicroKernel;
import jdk.incubator.vector.FloatVector;

/** A tile of four rows by two vectors of floats; see Note [Small micro-kernels]. */
final class FloatTile4 extends MicroKernel {
    private static final int BYTES = Lanes.BYTES;

    FloatTile4() {
        super(4, 2 * Lanes.FLOATS);
    }

    @Override
    public void run(int depth, long a, long pitch, long next, long b, long step, long to, long row) {
        FloatVector c00 = FloatVector.zero(Lanes.F32);
        FloatVector c01 = FloatVector.zero(Lanes.F32);
        FloatVector c10 = FloatVector.zero(Lanes.F32);
        FloatVector c11 = FloatVector.zero(Lanes.F32);
        FloatVector c20 = FloatVector.zero(Lanes.F32);
        FloatVector c21 = FloatVector.zero(Lanes.F32);
        FloatVector c30 = FloatVector.zero(Lanes.F32);
        FloatVector c31 = FloatVector.zero(Lanes.F32);
        long a1 = a + 1 * pitch;
        long a2 = a + 2 * pitch;
        long a3 = a + 3 * pitch;
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, b + k * step, Lanes.ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, b + k * step + BYTES, Lanes.ORDER);
            FloatVector x0 = FloatVector.broadcast(Lanes.F32, Mem.f32(a + k * next));
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            FloatVector x1 = FloatVector.broadcast(Lanes.F32, Mem.f32(a1 + k * next));
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            FloatVector x2 = FloatVector.broadcast(Lanes.F32, Mem.f32(a2 + k * next));
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            FloatVector x3 = FloatVector.broadcast(Lanes.F32, Mem.f32(a3 + k * next));
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
        }
        c00.intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
        c01.intoMemorySegment(Mem.ALL, to + BYTES, Lanes.ORDER);
        c10.intoMemorySegment(Mem.ALL, to + 1 * row, Lanes.ORDER);
        c11.intoMemorySegment(Mem.ALL, to + 1 * row + BYTES, Lanes.ORDER);
        c20.intoMemorySegment(Mem.ALL, to + 2 * row, Lanes.ORDER);
        c21.intoMemorySegment(Mem.ALL, to + 2 * row + BYTES, Lanes.ORDER);
        c30.intoMemorySegment(Mem.ALL, to + 3 * row, Lanes.ORDER);
        c31.intoMemorySegment(Mem.ALL, to + 3 * row + BYTES, Lanes.ORDER);
    }

    @Override
    public void copy(int depth, long from, long step, long to) {
        Tiles.copy(depth, from, step, to);
    }

    @Override
    public void merge(long tile, int height, long c, long pitch, boolean add) {
        Tiles.mergeFloat(tile, height, c, pitch, add);
    }
}

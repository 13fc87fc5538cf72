package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.MicroKernel;
import jdk.incubator.vector.DoubleVector;

/** A tile of eight rows by two vectors of doubles; see Note [Small micro-kernels]. */
final class DoubleTile8 extends MicroKernel {
    private static final int BYTES = Lanes.BYTES;

    DoubleTile8() {
        super(8, 2 * Lanes.DOUBLES);
    }

    @Override
    public void run(int depth, long a, long pitch, long next, long b, long step, long to, long row) {
        DoubleVector c00 = DoubleVector.zero(Lanes.F64);
        DoubleVector c01 = DoubleVector.zero(Lanes.F64);
        DoubleVector c10 = DoubleVector.zero(Lanes.F64);
        DoubleVector c11 = DoubleVector.zero(Lanes.F64);
        DoubleVector c20 = DoubleVector.zero(Lanes.F64);
        DoubleVector c21 = DoubleVector.zero(Lanes.F64);
        DoubleVector c30 = DoubleVector.zero(Lanes.F64);
        DoubleVector c31 = DoubleVector.zero(Lanes.F64);
        DoubleVector c40 = DoubleVector.zero(Lanes.F64);
        DoubleVector c41 = DoubleVector.zero(Lanes.F64);
        DoubleVector c50 = DoubleVector.zero(Lanes.F64);
        DoubleVector c51 = DoubleVector.zero(Lanes.F64);
        DoubleVector c60 = DoubleVector.zero(Lanes.F64);
        DoubleVector c61 = DoubleVector.zero(Lanes.F64);
        DoubleVector c70 = DoubleVector.zero(Lanes.F64);
        DoubleVector c71 = DoubleVector.zero(Lanes.F64);
        long a1 = a + 1 * pitch;
        long a2 = a + 2 * pitch;
        long a3 = a + 3 * pitch;
        long a4 = a + 4 * pitch;
        long a5 = a + 5 * pitch;
        long a6 = a + 6 * pitch;
        long a7 = a + 7 * pitch;
        for (int k = 0; k < depth; k++) {
            DoubleVector b0 = DoubleVector.fromMemorySegment(Lanes.F64, Mem.ALL, b + k * step, Lanes.ORDER);
            DoubleVector b1 = DoubleVector.fromMemorySegment(Lanes.F64, Mem.ALL, b + k * step + BYTES, Lanes.ORDER);
            DoubleVector x0 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a + k * next));
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            DoubleVector x1 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a1 + k * next));
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            DoubleVector x2 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a2 + k * next));
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            DoubleVector x3 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a3 + k * next));
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            DoubleVector x4 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a4 + k * next));
            c40 = x4.fma(b0, c40);
            c41 = x4.fma(b1, c41);
            DoubleVector x5 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a5 + k * next));
            c50 = x5.fma(b0, c50);
            c51 = x5.fma(b1, c51);
            DoubleVector x6 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a6 + k * next));
            c60 = x6.fma(b0, c60);
            c61 = x6.fma(b1, c61);
            DoubleVector x7 = DoubleVector.broadcast(Lanes.F64, Mem.f64(a7 + k * next));
            c70 = x7.fma(b0, c70);
            c71 = x7.fma(b1, c71);
        }
        c00.intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
        c01.intoMemorySegment(Mem.ALL, to + BYTES, Lanes.ORDER);
        c10.intoMemorySegment(Mem.ALL, to + 1 * row, Lanes.ORDER);
        c11.intoMemorySegment(Mem.ALL, to + 1 * row + BYTES, Lanes.ORDER);
        c20.intoMemorySegment(Mem.ALL, to + 2 * row, Lanes.ORDER);
        c21.intoMemorySegment(Mem.ALL, to + 2 * row + BYTES, Lanes.ORDER);
        c30.intoMemorySegment(Mem.ALL, to + 3 * row, Lanes.ORDER);
        c31.intoMemorySegment(Mem.ALL, to + 3 * row + BYTES, Lanes.ORDER);
        c40.intoMemorySegment(Mem.ALL, to + 4 * row, Lanes.ORDER);
        c41.intoMemorySegment(Mem.ALL, to + 4 * row + BYTES, Lanes.ORDER);
        c50.intoMemorySegment(Mem.ALL, to + 5 * row, Lanes.ORDER);
        c51.intoMemorySegment(Mem.ALL, to + 5 * row + BYTES, Lanes.ORDER);
        c60.intoMemorySegment(Mem.ALL, to + 6 * row, Lanes.ORDER);
        c61.intoMemorySegment(Mem.ALL, to + 6 * row + BYTES, Lanes.ORDER);
        c70.intoMemorySegment(Mem.ALL, to + 7 * row, Lanes.ORDER);
        c71.intoMemorySegment(Mem.ALL, to + 7 * row + BYTES, Lanes.ORDER);
    }

    @Override
    public void copy(int depth, long from, long step, long to) {
        Tiles.copy(depth, from, step, to);
    }

    @Override
    public void merge(long tile, int height, long c, long pitch, boolean add) {
        Tiles.mergeDouble(tile, height, c, pitch, add);
    }
}

package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.WindowTile;
import jdk.incubator.vector.FloatVector;

/** Eight outputs by two vectors of places; see Note [Small micro-kernels]. Outputs that are not there repeat the last. */
public final class WindowTile8 extends WindowTile {
    public WindowTile8() {
        super(8, 2, Lanes.FLOATS);
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
        int last = count - 1;
        long w1 = w + Math.min(1, last) * pitch;
        long w2 = w + Math.min(2, last) * pitch;
        long w3 = w + Math.min(3, last) * pitch;
        long w4 = w + Math.min(4, last) * pitch;
        long w5 = w + Math.min(5, last) * pitch;
        long w6 = w + Math.min(6, last) * pitch;
        long w7 = w + last * pitch;
        FloatVector c00 = FloatVector.zero(Lanes.F32);
        FloatVector c01 = FloatVector.zero(Lanes.F32);
        FloatVector c10 = FloatVector.zero(Lanes.F32);
        FloatVector c11 = FloatVector.zero(Lanes.F32);
        FloatVector c20 = FloatVector.zero(Lanes.F32);
        FloatVector c21 = FloatVector.zero(Lanes.F32);
        FloatVector c30 = FloatVector.zero(Lanes.F32);
        FloatVector c31 = FloatVector.zero(Lanes.F32);
        FloatVector c40 = FloatVector.zero(Lanes.F32);
        FloatVector c41 = FloatVector.zero(Lanes.F32);
        FloatVector c50 = FloatVector.zero(Lanes.F32);
        FloatVector c51 = FloatVector.zero(Lanes.F32);
        FloatVector c60 = FloatVector.zero(Lanes.F32);
        FloatVector c61 = FloatVector.zero(Lanes.F32);
        FloatVector c70 = FloatVector.zero(Lanes.F32);
        FloatVector c71 = FloatVector.zero(Lanes.F32);
        for (int k = 0; k < depth; k++) {
            long at = x + offsets[first + k];
            FloatVector b0 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at, Lanes.ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, at + next, Lanes.ORDER);
            FloatVector a = FloatVector.broadcast(Lanes.F32, Mem.f32(w + k * 4L));
            c00 = a.fma(b0, c00);
            c01 = a.fma(b1, c01);
            a = FloatVector.broadcast(Lanes.F32, Mem.f32(w1 + k * 4L));
            c10 = a.fma(b0, c10);
            c11 = a.fma(b1, c11);
            a = FloatVector.broadcast(Lanes.F32, Mem.f32(w2 + k * 4L));
            c20 = a.fma(b0, c20);
            c21 = a.fma(b1, c21);
            a = FloatVector.broadcast(Lanes.F32, Mem.f32(w3 + k * 4L));
            c30 = a.fma(b0, c30);
            c31 = a.fma(b1, c31);
            a = FloatVector.broadcast(Lanes.F32, Mem.f32(w4 + k * 4L));
            c40 = a.fma(b0, c40);
            c41 = a.fma(b1, c41);
            a = FloatVector.broadcast(Lanes.F32, Mem.f32(w5 + k * 4L));
            c50 = a.fma(b0, c50);
            c51 = a.fma(b1, c51);
            a = FloatVector.broadcast(Lanes.F32, Mem.f32(w6 + k * 4L));
            c60 = a.fma(b0, c60);
            c61 = a.fma(b1, c61);
            a = FloatVector.broadcast(Lanes.F32, Mem.f32(w7 + k * 4L));
            c70 = a.fma(b0, c70);
            c71 = a.fma(b1, c71);
        }
        long s1 = sums + Math.min(1, last) * step;
        long s2 = sums + Math.min(2, last) * step;
        long s3 = sums + Math.min(3, last) * step;
        long s4 = sums + Math.min(4, last) * step;
        long s5 = sums + Math.min(5, last) * step;
        long s6 = sums + Math.min(6, last) * step;
        long s7 = sums + last * step;
        if (add) {
            c00 = c00.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums, Lanes.ORDER));
            c01 = c01.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, sums + beside, Lanes.ORDER));
            c10 = c10.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s1, Lanes.ORDER));
            c11 = c11.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s1 + beside, Lanes.ORDER));
            c20 = c20.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s2, Lanes.ORDER));
            c21 = c21.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s2 + beside, Lanes.ORDER));
            c30 = c30.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s3, Lanes.ORDER));
            c31 = c31.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s3 + beside, Lanes.ORDER));
            c40 = c40.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s4, Lanes.ORDER));
            c41 = c41.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s4 + beside, Lanes.ORDER));
            c50 = c50.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s5, Lanes.ORDER));
            c51 = c51.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s5 + beside, Lanes.ORDER));
            c60 = c60.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s6, Lanes.ORDER));
            c61 = c61.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s6 + beside, Lanes.ORDER));
            c70 = c70.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s7, Lanes.ORDER));
            c71 = c71.add(FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, s7 + beside, Lanes.ORDER));
        }
        c00.intoMemorySegment(Mem.ALL, sums, Lanes.ORDER);
        c01.intoMemorySegment(Mem.ALL, sums + beside, Lanes.ORDER);
        c10.intoMemorySegment(Mem.ALL, s1, Lanes.ORDER);
        c11.intoMemorySegment(Mem.ALL, s1 + beside, Lanes.ORDER);
        c20.intoMemorySegment(Mem.ALL, s2, Lanes.ORDER);
        c21.intoMemorySegment(Mem.ALL, s2 + beside, Lanes.ORDER);
        c30.intoMemorySegment(Mem.ALL, s3, Lanes.ORDER);
        c31.intoMemorySegment(Mem.ALL, s3 + beside, Lanes.ORDER);
        c40.intoMemorySegment(Mem.ALL, s4, Lanes.ORDER);
        c41.intoMemorySegment(Mem.ALL, s4 + beside, Lanes.ORDER);
        c50.intoMemorySegment(Mem.ALL, s5, Lanes.ORDER);
        c51.intoMemorySegment(Mem.ALL, s5 + beside, Lanes.ORDER);
        c60.intoMemorySegment(Mem.ALL, s6, Lanes.ORDER);
        c61.intoMemorySegment(Mem.ALL, s6 + beside, Lanes.ORDER);
        c70.intoMemorySegment(Mem.ALL, s7, Lanes.ORDER);
        c71.intoMemorySegment(Mem.ALL, s7 + beside, Lanes.ORDER);
    }
}

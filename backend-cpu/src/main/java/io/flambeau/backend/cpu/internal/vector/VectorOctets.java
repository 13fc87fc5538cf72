package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.F64;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import io.flambeau.backend.cpu.internal.Octets;
import jdk.incubator.vector.DoubleVector;

/** The same by vectors, one, two or four to an octet. */
public final class VectorOctets implements Octets {
    @Override
    public void add(int n, long f, long x, long y) {
        for (int v = 0; v < BYTES; v += Lanes.BYTES) {
            fuse(n, fromMemorySegment(F64, ALL, f + v, ORDER), x + v, y + v);
        }
    }

    @Override
    public void less(int n, long f, long x, long y) {
        for (int v = 0; v < BYTES; v += Lanes.BYTES) {
            fuse(n, fromMemorySegment(F64, ALL, f + v, ORDER).neg(), x + v, y + v);
        }
    }

    private static void fuse(int n, DoubleVector f, long x, long y) {
        for (int j = 0; j < n; j++) {
            long at = (long) j * BYTES;
            DoubleVector sum = fromMemorySegment(F64, ALL, y + at, ORDER);
            fromMemorySegment(F64, ALL, x + at, ORDER).fma(f, sum).intoMemorySegment(ALL, y + at, ORDER);
        }
    }

    @Override
    public void multiply(int n, long f, long x) {
        for (int v = 0; v < BYTES; v += Lanes.BYTES) {
            DoubleVector factor = fromMemorySegment(F64, ALL, f + v, ORDER);
            for (int j = 0; j < n; j++) {
                long at = x + v + (long) j * BYTES;
                fromMemorySegment(F64, ALL, at, ORDER).mul(factor).intoMemorySegment(ALL, at, ORDER);
            }
        }
    }

    @Override
    public void divide(int n, long f, long x, long step) {
        for (int v = 0; v < BYTES; v += Lanes.BYTES) {
            DoubleVector factor = fromMemorySegment(F64, ALL, f + v, ORDER);
            for (int j = 0; j < n; j++) {
                long at = x + v + j * step;
                fromMemorySegment(F64, ALL, at, ORDER).div(factor).intoMemorySegment(ALL, at, ORDER);
            }
        }
    }
}

package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.F64;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import io.flambeau.backend.cpu.internal.Level2;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.PlainLevel2;
import io.flambeau.backend.cpu.internal.Scratch;
import jdk.incubator.vector.DoubleVector;

/** The same by vectors, four rows at a time; see Note [Long vector methods]. */
public final class VectorLevel2 implements Level2 {
    private static final int BYTES = Lanes.BYTES;
    /** Bytes of the eight chains of a row. */
    private static final int CHAINS = 8 * LANES;

    @Override
    public void dots(int rows, int n, long a, long ld, long x, long y) {
        long chains = Scratch.get(Scratch.TILE, 4 * CHAINS);
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            for (int v = 0; v < CHAINS; v += BYTES) {
                four(n / LANES, a + i * ld + v, ld, x + v, chains + v);
            }
            for (int r = 0; r < 4; r++) {
                Mem.f64(y + 8L * (i + r), PlainLevel2.sum(chains + r * CHAINS));
            }
        }
        for (; i < rows; i++) {
            for (int v = 0; v < CHAINS; v += BYTES) {
                one(n / LANES, a + i * ld + v, x + v, chains + v);
            }
            Mem.f64(y + 8L * i, PlainLevel2.sum(chains));
        }
    }

    private static void four(int n, long a, long ld, long x, long to) {
        DoubleVector s0 = DoubleVector.zero(F64);
        DoubleVector s1 = DoubleVector.zero(F64);
        DoubleVector s2 = DoubleVector.zero(F64);
        DoubleVector s3 = DoubleVector.zero(F64);
        long b = a + ld;
        long c = a + 2 * ld;
        long d = a + 3 * ld;
        for (int k = 0; k < n; k++) {
            long at = (long) k * CHAINS;
            DoubleVector u = fromMemorySegment(F64, ALL, x + at, ORDER);
            s0 = fromMemorySegment(F64, ALL, a + at, ORDER).fma(u, s0);
            s1 = fromMemorySegment(F64, ALL, b + at, ORDER).fma(u, s1);
            s2 = fromMemorySegment(F64, ALL, c + at, ORDER).fma(u, s2);
            s3 = fromMemorySegment(F64, ALL, d + at, ORDER).fma(u, s3);
        }
        s0.intoMemorySegment(ALL, to, ORDER);
        s1.intoMemorySegment(ALL, to + CHAINS, ORDER);
        s2.intoMemorySegment(ALL, to + 2 * CHAINS, ORDER);
        s3.intoMemorySegment(ALL, to + 3 * CHAINS, ORDER);
    }

    private static void one(int n, long a, long x, long to) {
        DoubleVector sum = DoubleVector.zero(F64);
        for (int k = 0; k < n; k++) {
            long at = (long) k * CHAINS;
            DoubleVector u = fromMemorySegment(F64, ALL, x + at, ORDER);
            sum = fromMemorySegment(F64, ALL, a + at, ORDER).fma(u, sum);
        }
        sum.intoMemorySegment(ALL, to, ORDER);
    }

    @Override
    public void combine(int rows, int n, long a, long ld, long f, long y) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            combineFour(8 * n, a + i * ld, ld, f + 8L * i, y);
        }
        for (; i < rows; i++) {
            combineOne(8 * n, a + i * ld, f + 8L * i, y);
        }
    }

    private static void combineFour(int bytes, long a, long ld, long f, long y) {
        DoubleVector f0 = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, f));
        DoubleVector f1 = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, f + 8));
        DoubleVector f2 = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, f + 16));
        DoubleVector f3 = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, f + 24));
        long b = a + ld;
        long c = a + 2 * ld;
        long d = a + 3 * ld;
        for (int at = 0; at < bytes; at += BYTES) {
            DoubleVector sum = fromMemorySegment(F64, ALL, y + at, ORDER);
            sum = fromMemorySegment(F64, ALL, a + at, ORDER).fma(f0, sum);
            sum = fromMemorySegment(F64, ALL, b + at, ORDER).fma(f1, sum);
            sum = fromMemorySegment(F64, ALL, c + at, ORDER).fma(f2, sum);
            sum = fromMemorySegment(F64, ALL, d + at, ORDER).fma(f3, sum);
            sum.intoMemorySegment(ALL, y + at, ORDER);
        }
    }

    private static void combineOne(int bytes, long a, long f, long y) {
        DoubleVector factor = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, f));
        for (int at = 0; at < bytes; at += BYTES) {
            DoubleVector sum = fromMemorySegment(F64, ALL, y + at, ORDER);
            fromMemorySegment(F64, ALL, a + at, ORDER).fma(factor, sum).intoMemorySegment(ALL, y + at, ORDER);
        }
    }

    /** Rotations of which each shares its second row with the next go together: that row stays in registers. */
    @Override
    public void rotate(int count, long rotations, long columns, int n) {
        int last;
        for (int first = 0; first < count; first = last) {
            last = first + 1;
            long at = rotations + (long) first * ROTATION;
            while (last < count
                    && Mem.i64(rotations + (long) last * ROTATION)
                            == Mem.i64(rotations + (long) (last - 1) * ROTATION + 8)) {
                last++;
            }
            int done = 0;
            for (; done + 4 * BYTES <= 8 * n; done += 4 * BYTES) {
                chainFour(last - first, at, columns + done);
            }
            for (; done < 8 * n; done += BYTES) {
                chain(last - first, at, columns + done);
            }
        }
    }

    private static void chain(int count, long list, long columns) {
        DoubleVector p = fromMemorySegment(F64, ALL, columns + Mem.i64(list), ORDER);
        for (int k = 0; k < count; k++) {
            long at = list + (long) k * ROTATION;
            DoubleVector c = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, at + 16));
            DoubleVector s = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, at + 24));
            DoubleVector q = fromMemorySegment(F64, ALL, columns + Mem.i64(at + 8), ORDER);
            c.mul(p).add(s.mul(q)).intoMemorySegment(ALL, columns + Mem.i64(at), ORDER);
            p = c.mul(q).sub(s.mul(p));
        }
        p.intoMemorySegment(ALL, columns + Mem.i64(list + (long) (count - 1) * ROTATION + 8), ORDER);
    }

    private static void chainFour(int count, long list, long columns) {
        long first = columns + Mem.i64(list);
        DoubleVector p0 = fromMemorySegment(F64, ALL, first, ORDER);
        DoubleVector p1 = fromMemorySegment(F64, ALL, first + BYTES, ORDER);
        DoubleVector p2 = fromMemorySegment(F64, ALL, first + 2 * BYTES, ORDER);
        DoubleVector p3 = fromMemorySegment(F64, ALL, first + 3 * BYTES, ORDER);
        for (int k = 0; k < count; k++) {
            long at = list + (long) k * ROTATION;
            long x = columns + Mem.i64(at);
            long y = columns + Mem.i64(at + 8);
            DoubleVector c = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, at + 16));
            DoubleVector s = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, at + 24));
            DoubleVector q0 = fromMemorySegment(F64, ALL, y, ORDER);
            DoubleVector q1 = fromMemorySegment(F64, ALL, y + BYTES, ORDER);
            DoubleVector q2 = fromMemorySegment(F64, ALL, y + 2 * BYTES, ORDER);
            DoubleVector q3 = fromMemorySegment(F64, ALL, y + 3 * BYTES, ORDER);
            c.mul(p0).add(s.mul(q0)).intoMemorySegment(ALL, x, ORDER);
            c.mul(p1).add(s.mul(q1)).intoMemorySegment(ALL, x + BYTES, ORDER);
            c.mul(p2).add(s.mul(q2)).intoMemorySegment(ALL, x + 2 * BYTES, ORDER);
            c.mul(p3).add(s.mul(q3)).intoMemorySegment(ALL, x + 3 * BYTES, ORDER);
            p0 = c.mul(q0).sub(s.mul(p0));
            p1 = c.mul(q1).sub(s.mul(p1));
            p2 = c.mul(q2).sub(s.mul(p2));
            p3 = c.mul(q3).sub(s.mul(p3));
        }
        long end = columns + Mem.i64(list + (long) (count - 1) * ROTATION + 8);
        p0.intoMemorySegment(ALL, end, ORDER);
        p1.intoMemorySegment(ALL, end + BYTES, ORDER);
        p2.intoMemorySegment(ALL, end + 2 * BYTES, ORDER);
        p3.intoMemorySegment(ALL, end + 3 * BYTES, ORDER);
    }
}

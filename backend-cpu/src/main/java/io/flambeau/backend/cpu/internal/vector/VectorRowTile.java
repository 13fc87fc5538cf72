package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.F32;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The 64 lanes of a sum of a row function; see Note [Templates] and Note [Long vector methods]. */
final class VectorRowTile implements Row.Tile {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final int NUMBERS = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);
    private static final RowVectors FUNCTION = Specialiser.data(MethodHandles.lookup(), RowVectors.class, 2);
    private static final boolean SHORT = Specialiser.data(MethodHandles.lookup(), Boolean.class, 3);
    private static final FloatVector ZERO = FloatVector.zero(F32);
    private static final int LANES = Fold.LANES;
    private static final int BYTES = Lanes.BYTES;

    VectorRowTile() {}

    @Override
    public int run(int n, long x, long y, long z, float a, float b, float c, long tile) {
        int whole = n - n % LANES;
        if (SHORT) {
            for (int lane = 0; lane < LANES; lane += 4 * Lanes.FLOATS) {
                four(whole, lane, x, y, z, a, b, c, tile);
            }
            long at = whole * 4L;
            for (int lane = 0; lane < n - whole; lane += Lanes.FLOATS) {
                last(n - whole - lane, x + at, y + at, z + at, lane * 4L, a, b, c, tile);
            }
            return n;
        }
        for (int lane = 0; lane < LANES; lane += Lanes.FLOATS) {
            pass(whole, lane, x, y, z, a, b, c, tile);
        }
        return whole;
    }

    /** Four vectors of lanes: a row is read once by the widest vectors. */
    private static void four(int n, int lane, long x, long y, long z, float a, float b, float c, long tile) {
        FloatVector p = NUMBERS > 0 ? FloatVector.broadcast(F32, a) : ZERO;
        FloatVector q = NUMBERS > 1 ? FloatVector.broadcast(F32, b) : ZERO;
        FloatVector r = NUMBERS > 2 ? FloatVector.broadcast(F32, c) : ZERO;
        FloatVector s0 = FloatVector.zero(F32);
        FloatVector s1 = FloatVector.zero(F32);
        FloatVector s2 = FloatVector.zero(F32);
        FloatVector s3 = FloatVector.zero(F32);
        for (int i = lane; i < n; i += LANES) {
            long at = i * 4L;
            FloatVector u = FloatVector.fromMemorySegment(F32, ALL, x + at, ORDER);
            FloatVector v = ARITY > 1 ? FloatVector.fromMemorySegment(F32, ALL, y + at, ORDER) : u;
            FloatVector w = ARITY > 2 ? FloatVector.fromMemorySegment(F32, ALL, z + at, ORDER) : u;
            s0 = s0.add(FUNCTION.apply(u, v, w, p, q, r));
            at += BYTES;
            u = FloatVector.fromMemorySegment(F32, ALL, x + at, ORDER);
            v = ARITY > 1 ? FloatVector.fromMemorySegment(F32, ALL, y + at, ORDER) : u;
            w = ARITY > 2 ? FloatVector.fromMemorySegment(F32, ALL, z + at, ORDER) : u;
            s1 = s1.add(FUNCTION.apply(u, v, w, p, q, r));
            at += BYTES;
            u = FloatVector.fromMemorySegment(F32, ALL, x + at, ORDER);
            v = ARITY > 1 ? FloatVector.fromMemorySegment(F32, ALL, y + at, ORDER) : u;
            w = ARITY > 2 ? FloatVector.fromMemorySegment(F32, ALL, z + at, ORDER) : u;
            s2 = s2.add(FUNCTION.apply(u, v, w, p, q, r));
            at += BYTES;
            u = FloatVector.fromMemorySegment(F32, ALL, x + at, ORDER);
            v = ARITY > 1 ? FloatVector.fromMemorySegment(F32, ALL, y + at, ORDER) : u;
            w = ARITY > 2 ? FloatVector.fromMemorySegment(F32, ALL, z + at, ORDER) : u;
            s3 = s3.add(FUNCTION.apply(u, v, w, p, q, r));
        }
        long to = tile + lane * 4L;
        s0.intoMemorySegment(ALL, to, ORDER);
        s1.intoMemorySegment(ALL, to + BYTES, ORDER);
        s2.intoMemorySegment(ALL, to + 2 * BYTES, ORDER);
        s3.intoMemorySegment(ALL, to + 3 * BYTES, ORDER);
    }

    /** At most a vector, added to its lanes. */
    private static void last(int n, long x, long y, long z, long at, float a, float b, float c, long tile) {
        VectorMask<Float> mask = F32.indexInRange(0, n);
        FloatVector p = NUMBERS > 0 ? FloatVector.broadcast(F32, a) : ZERO;
        FloatVector q = NUMBERS > 1 ? FloatVector.broadcast(F32, b) : ZERO;
        FloatVector r = NUMBERS > 2 ? FloatVector.broadcast(F32, c) : ZERO;
        FloatVector u = FloatVector.fromMemorySegment(F32, ALL, x + at, ORDER, mask);
        FloatVector v = ARITY > 1 ? FloatVector.fromMemorySegment(F32, ALL, y + at, ORDER, mask) : u;
        FloatVector w = ARITY > 2 ? FloatVector.fromMemorySegment(F32, ALL, z + at, ORDER, mask) : u;
        FloatVector.fromMemorySegment(F32, ALL, tile + at, ORDER)
                .add(FUNCTION.apply(u, v, w, p, q, r), mask)
                .intoMemorySegment(ALL, tile + at, ORDER);
    }

    /** One vector of lanes only: two copies of a long function would be too much for the compiler to inline. */
    private static void pass(int n, int lane, long x, long y, long z, float a, float b, float c, long tile) {
        FloatVector p = NUMBERS > 0 ? FloatVector.broadcast(F32, a) : ZERO;
        FloatVector q = NUMBERS > 1 ? FloatVector.broadcast(F32, b) : ZERO;
        FloatVector r = NUMBERS > 2 ? FloatVector.broadcast(F32, c) : ZERO;
        FloatVector sum = FloatVector.zero(F32);
        for (int i = lane; i < n; i += LANES) {
            long at = i * 4L;
            FloatVector u = FloatVector.fromMemorySegment(F32, ALL, x + at, ORDER);
            FloatVector v = ARITY > 1 ? FloatVector.fromMemorySegment(F32, ALL, y + at, ORDER) : u;
            FloatVector w = ARITY > 2 ? FloatVector.fromMemorySegment(F32, ALL, z + at, ORDER) : u;
            sum = sum.add(FUNCTION.apply(u, v, w, p, q, r));
        }
        sum.intoMemorySegment(ALL, tile + lane * 4L, ORDER);
    }
}

package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** The 64 lanes of a sum of a row function, a vector of them at a time; see Note [Templates]. */
final class VectorRowTile implements Row.Tile {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final int NUMBERS = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);
    private static final RowVectors FUNCTION = Specialiser.data(MethodHandles.lookup(), RowVectors.class, 2);
    private static final boolean SHORT = Specialiser.data(MethodHandles.lookup(), Boolean.class, 3);
    private static final FloatVector ZERO = FloatVector.zero(Lanes.F32);
    private static final int LANES = 64;

    VectorRowTile() {}

    @Override
    public void run(int n, long x, long y, long z, float a, float b, float c, long tile) {
        if (SHORT) {
            for (int lane = 0; lane < LANES; lane += 4 * Lanes.FLOATS) {
                four(n - n % LANES, lane, x, y, z, a, b, c, tile);
            }
        } else {
            for (int lane = 0; lane < LANES; lane += Lanes.FLOATS) {
                pass(n - n % LANES, lane, x, y, z, a, b, c, tile);
            }
        }
    }

    private static FloatVector number(int i, float value) {
        return i < NUMBERS ? FloatVector.broadcast(Lanes.F32, value) : ZERO;
    }

    private static FloatVector apply(long x, long y, long z, long at, FloatVector p, FloatVector q, FloatVector r) {
        FloatVector u = Lanes.load(x + at);
        FloatVector v = ARITY > 1 ? Lanes.load(y + at) : u;
        FloatVector w = ARITY > 2 ? Lanes.load(z + at) : u;
        return FUNCTION.apply(u, v, w, p, q, r);
    }

    /** Four vectors of lanes: a row is read once by the widest vectors. */
    private static void four(int n, int lane, long x, long y, long z, float a, float b, float c, long tile) {
        FloatVector p = number(0, a);
        FloatVector q = number(1, b);
        FloatVector r = number(2, c);
        FloatVector s0 = FloatVector.zero(Lanes.F32);
        FloatVector s1 = FloatVector.zero(Lanes.F32);
        FloatVector s2 = FloatVector.zero(Lanes.F32);
        FloatVector s3 = FloatVector.zero(Lanes.F32);
        for (int i = lane; i < n; i += LANES) {
            long at = i * 4L;
            s0 = s0.add(apply(x, y, z, at, p, q, r));
            s1 = s1.add(apply(x, y, z, at + Lanes.BYTES, p, q, r));
            s2 = s2.add(apply(x, y, z, at + 2 * Lanes.BYTES, p, q, r));
            s3 = s3.add(apply(x, y, z, at + 3 * Lanes.BYTES, p, q, r));
        }
        long to = tile + lane * 4L;
        Lanes.store(s0, to);
        Lanes.store(s1, to + Lanes.BYTES);
        Lanes.store(s2, to + 2 * Lanes.BYTES);
        Lanes.store(s3, to + 3 * Lanes.BYTES);
    }

    /** One vector of lanes only: two copies of a long function would be too much for the compiler to inline. */
    private static void pass(int n, int lane, long x, long y, long z, float a, float b, float c, long tile) {
        FloatVector p = number(0, a);
        FloatVector q = number(1, b);
        FloatVector r = number(2, c);
        FloatVector sum = FloatVector.zero(Lanes.F32);
        for (int i = lane; i < n; i += LANES) {
            sum = sum.add(apply(x, y, z, i * 4L, p, q, r));
        }
        Lanes.store(sum, tile + lane * 4L);
    }
}

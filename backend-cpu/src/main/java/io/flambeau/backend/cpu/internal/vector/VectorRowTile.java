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
    private static final FloatVector ZERO = FloatVector.zero(Lanes.F32);
    private static final int LANES = 64;

    VectorRowTile() {}

    @Override
    public void run(int n, long x, long y, long z, float a, float b, float c, long tile) {
        for (int lane = 0; lane < LANES; lane += Lanes.FLOATS) {
            pass(n - n % LANES, lane, x, y, z, a, b, c, tile);
        }
    }

    /** One vector of lanes only: two copies of a long function would be too much for the compiler to inline. */
    private static void pass(int n, int lane, long x, long y, long z, float a, float b, float c, long tile) {
        FloatVector p = NUMBERS > 0 ? FloatVector.broadcast(Lanes.F32, a) : ZERO;
        FloatVector q = NUMBERS > 1 ? FloatVector.broadcast(Lanes.F32, b) : ZERO;
        FloatVector r = NUMBERS > 2 ? FloatVector.broadcast(Lanes.F32, c) : ZERO;
        FloatVector sum = FloatVector.zero(Lanes.F32);
        for (int i = lane; i < n; i += LANES) {
            FloatVector u = Lanes.load(x + i * 4L);
            FloatVector v = ARITY > 1 ? Lanes.load(y + i * 4L) : u;
            FloatVector w = ARITY > 2 ? Lanes.load(z + i * 4L) : u;
            sum = sum.add(FUNCTION.apply(u, v, w, p, q, r));
        }
        Lanes.store(sum, tile + lane * 4L);
    }
}

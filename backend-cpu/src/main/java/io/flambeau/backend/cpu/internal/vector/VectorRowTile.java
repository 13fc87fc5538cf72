package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** The 64 lanes of a sum of a row function, two vectors of them at a time; see Note [Templates]. */
final class VectorRowTile implements Row.Tile {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final RowVectors FUNCTION = Specialiser.data(MethodHandles.lookup(), RowVectors.class, 1);
    private static final int LANES = 64;

    VectorRowTile() {}

    @Override
    public void run(int n, long x, long y, long z, float a, float b, float c, long tile) {
        for (int lane = 0; lane < LANES; lane += 2 * Lanes.FLOATS) {
            pass(n - n % LANES, lane, x, y, z, a, b, c, tile);
        }
    }

    private static void pass(int n, int lane, long x, long y, long z, float a, float b, float c, long tile) {
        FloatVector p = FloatVector.broadcast(Lanes.F32, a);
        FloatVector q = FloatVector.broadcast(Lanes.F32, b);
        FloatVector r = FloatVector.broadcast(Lanes.F32, c);
        FloatVector low = FloatVector.zero(Lanes.F32);
        FloatVector high = FloatVector.zero(Lanes.F32);
        for (int i = lane; i < n; i += LANES) {
            low = low.add(value(i, x, y, z, p, q, r));
            high = high.add(value(i + Lanes.FLOATS, x, y, z, p, q, r));
        }
        low.intoMemorySegment(Mem.ALL, tile + lane * 4L, Lanes.ORDER);
        high.intoMemorySegment(Mem.ALL, tile + (lane + Lanes.FLOATS) * 4L, Lanes.ORDER);
    }

    private static FloatVector value(int i, long x, long y, long z, FloatVector p, FloatVector q, FloatVector r) {
        FloatVector u = Lanes.load(x + i * 4L);
        FloatVector v = ARITY > 1 ? Lanes.load(y + i * 4L) : u;
        FloatVector w = ARITY > 2 ? Lanes.load(z + i * 4L) : u;
        return FUNCTION.apply(u, v, w, p, q, r);
    }
}

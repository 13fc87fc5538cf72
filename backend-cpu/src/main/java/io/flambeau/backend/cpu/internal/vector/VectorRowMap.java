package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** A row function by vectors; see Note [Templates]. */
final class VectorRowMap implements Row.Map {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final int NUMBERS = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);
    private static final RowVectors FUNCTION = Specialiser.data(MethodHandles.lookup(), RowVectors.class, 2);
    private static final FloatVector ZERO = FloatVector.zero(Lanes.F32);
    private static final Row.Map REST = Specialiser.data(MethodHandles.lookup(), Row.Map.class, 3);

    VectorRowMap() {}

    @Override
    public void run(int n, long x, long y, long z, long out, float a, float b, float c) {
        int whole = n - n % Lanes.FLOATS;
        FloatVector p = NUMBERS > 0 ? FloatVector.broadcast(Lanes.F32, a) : ZERO;
        FloatVector q = NUMBERS > 1 ? FloatVector.broadcast(Lanes.F32, b) : ZERO;
        FloatVector r = NUMBERS > 2 ? FloatVector.broadcast(Lanes.F32, c) : ZERO;
        for (int i = 0; i < whole; i += Lanes.FLOATS) {
            FloatVector u = Lanes.load(x + i * 4L);
            FloatVector v = ARITY > 1 ? Lanes.load(y + i * 4L) : u;
            FloatVector w = ARITY > 2 ? Lanes.load(z + i * 4L) : u;
            FUNCTION.apply(u, v, w, p, q, r).intoMemorySegment(Mem.ALL, out + i * 4L, Lanes.ORDER);
        }
        if (whole < n) {
            long at = whole * 4L;
            REST.run(n - whole, x + at, y + at, z + at, out + at, a, b, c);
        }
    }
}

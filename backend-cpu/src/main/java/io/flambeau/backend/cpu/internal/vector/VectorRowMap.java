package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** A row function by vectors; see Note [Templates]. */
final class VectorRowMap implements Row.Map {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final int NUMBERS = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);
    private static final RowVectors FUNCTION = Specialiser.data(MethodHandles.lookup(), RowVectors.class, 2);
    private static final FloatVector ZERO = FloatVector.zero(Lanes.F32);
    private static final boolean SHORT = Specialiser.data(MethodHandles.lookup(), Boolean.class, 4);
    private static final Row.Map REST = Specialiser.data(MethodHandles.lookup(), Row.Map.class, 3);

    VectorRowMap() {}

    @Override
    public void run(int n, long x, long y, long z, long out, float a, float b, float c) {
        int whole = n - n % Lanes.FLOATS;
        if (whole == n) {
            loop(n, 0, x, y, z, out, a, b, c);
        } else if (SHORT) {
            loop(whole, 0, x, y, z, out, a, b, c);
            last(n - whole, whole * 4L, x, y, z, out, a, b, c);
        } else if (n > Lanes.FLOATS && isApart(n, out, x) && isApart(n, out, y) && isApart(n, out, z)) {
            // The last vector overlaps the one before: a second copy of the function might not be inlined.
            loop(n, n - Lanes.FLOATS, x, y, z, out, a, b, c);
        } else {
            loop(whole, 0, x, y, z, out, a, b, c);
            long at = whole * 4L;
            REST.run(n - whole, x + at, y + at, z + at, out + at, a, b, c);
        }
    }

    private static boolean isApart(int n, long x, long y) {
        return Math.abs(x - y) >= n * 4L;
    }

    private static FloatVector number(int i, float value) {
        return i < NUMBERS ? FloatVector.broadcast(Lanes.F32, value) : ZERO;
    }

    /** @param last where the last vector begins, if it overlaps the one before */
    private static void loop(int n, int last, long x, long y, long z, long out, float a, float b, float c) {
        FloatVector p = number(0, a);
        FloatVector q = number(1, b);
        FloatVector r = number(2, c);
        int most = last == 0 ? n : last;
        for (int i = 0; i < n; i += Lanes.FLOATS) {
            long at = Math.min(i, most) * 4L;
            FloatVector u = Lanes.load(x + at);
            FloatVector v = ARITY > 1 ? Lanes.load(y + at) : u;
            FloatVector w = ARITY > 2 ? Lanes.load(z + at) : u;
            FUNCTION.apply(u, v, w, p, q, r).intoMemorySegment(Mem.ALL, out + at, Lanes.ORDER);
        }
    }

    /** Fewer elements than a vector. */
    private static void last(int n, long at, long x, long y, long z, long out, float a, float b, float c) {
        VectorMask<Float> mask = Lanes.F32.indexInRange(0, n);
        FloatVector u = Lanes.load(x + at, mask);
        FloatVector v = ARITY > 1 ? Lanes.load(y + at, mask) : u;
        FloatVector w = ARITY > 2 ? Lanes.load(z + at, mask) : u;
        FUNCTION.apply(u, v, w, number(0, a), number(1, b), number(2, c))
                .intoMemorySegment(Mem.ALL, out + at, Lanes.ORDER, mask);
    }
}

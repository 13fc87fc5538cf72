package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.F32;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Selection;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The search by vectors; see Note [Long vector methods]. */
public final class VectorSearch implements Selection.Search {
    @Override
    public int beyond(boolean largest, int from, int n, long x, float bound) {
        int i = largest ? above(from, n, x, bound) : below(from, n, x, bound);
        for (; i < n; i++) {
            float v = Mem.f32(x + i * 4L);
            if (largest ? !(v <= bound) : !(v >= bound)) {
                return i;
            }
        }
        return n;
    }

    /** The place, or one from which on there is no whole vector. */
    private static int above(int from, int n, long x, float bound) {
        FloatVector b = FloatVector.broadcast(F32, bound);
        int i = from;
        for (; i <= n - Lanes.FLOATS; i += Lanes.FLOATS) {
            VectorMask<Float> no =
                    FloatVector.fromMemorySegment(F32, ALL, x + i * 4L, ORDER).compare(VectorOperators.LE, b);
            if (!no.allTrue()) {
                return i + no.not().firstTrue();
            }
        }
        return i;
    }

    private static int below(int from, int n, long x, float bound) {
        FloatVector b = FloatVector.broadcast(F32, bound);
        int i = from;
        for (; i <= n - Lanes.FLOATS; i += Lanes.FLOATS) {
            VectorMask<Float> no =
                    FloatVector.fromMemorySegment(F32, ALL, x + i * 4L, ORDER).compare(VectorOperators.GE, b);
            if (!no.allTrue()) {
                return i + no.not().firstTrue();
            }
        }
        return i;
    }
}

package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Specialiser;
import io.flambeau.backend.cpu.internal.Strip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** A strip of floats by a function on vectors; see Note [Templates]. */
final class FloatStrip implements Strip {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final FloatOp FUNCTION = Specialiser.data(MethodHandles.lookup(), FloatOp.class, 1);
    private static final Strip REST = Specialiser.data(MethodHandles.lookup(), Strip.class, 2);

    FloatStrip() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        int whole = n - n % Lanes.FLOATS;
        for (int i = 0; i < whole; i += Lanes.FLOATS) {
            FloatVector a = Lanes.load(x + i * 4L);
            FloatVector b = ARITY > 1 ? Lanes.load(y + i * 4L) : a;
            FloatVector c = ARITY > 2 ? Lanes.load(z + i * 4L) : a;
            FUNCTION.apply(a, b, c).intoMemorySegment(Mem.ALL, out + i * 4L, Lanes.ORDER);
        }
        if (whole < n) {
            long at = whole * 4L;
            REST.run(n - whole, x + at, y + at, z + at, out + at);
        }
    }
}

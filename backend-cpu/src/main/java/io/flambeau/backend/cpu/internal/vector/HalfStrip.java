package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Specialiser;
import io.flambeau.backend.cpu.internal.Strip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** A strip of halves by an exact operator on floats, rounded once; see Note [Templates]. */
final class HalfStrip implements Strip {
    private static final boolean BRAIN = Specialiser.data(MethodHandles.lookup(), Boolean.class, 0);
    private static final VectorOperators.Binary OPERATOR =
            Specialiser.data(MethodHandles.lookup(), VectorOperators.Binary.class, 1);
    private static final Strip REST = Specialiser.data(MethodHandles.lookup(), Strip.class, 2);

    HalfStrip() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        int whole = n - n % Lanes.FLOATS;
        for (int i = 0; i < whole; i += Lanes.FLOATS) {
            FloatVector a = Halves.load(BRAIN, x + i * 2L);
            Halves.store(BRAIN, a.lanewise(OPERATOR, Halves.load(BRAIN, y + i * 2L)), out + i * 2L);
        }
        if (whole < n) {
            long at = whole * 2L;
            REST.run(n - whole, x + at, y + at, z + at, out + at);
        }
    }
}

package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;

/** Widens or narrows adjacent halves; see Note [Templates]. */
final class HalfMove implements VectorMoves.Loop {
    private static final boolean BRAIN = Specialiser.data(MethodHandles.lookup(), Boolean.class, 0);
    private static final boolean WIDENING = Specialiser.data(MethodHandles.lookup(), Boolean.class, 1);

    HalfMove() {}

    @Override
    public void run(int n, long from, long to) {
        for (int i = 0; i < n; i += Lanes.FLOATS) {
            if (WIDENING) {
                Lanes.store(Halves.load(BRAIN, from + i * 2L), to + i * 4L);
            } else {
                Halves.store(BRAIN, Lanes.load(from + i * 4L), to + i * 2L);
            }
        }
    }
}

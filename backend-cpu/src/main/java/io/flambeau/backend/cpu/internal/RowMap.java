package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** A row function without vectors; see Note [Templates]. */
final class RowMap implements Row.Map {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final Row.Function FUNCTION = Specialiser.data(MethodHandles.lookup(), Row.Function.class, 1);

    RowMap() {}

    @Override
    public void run(int n, long x, long y, long z, long out, float a, float b, float c) {
        for (int i = 0; i < n; i++) {
            float v = ARITY > 1 ? Mem.f32(y + i * 4L) : 0;
            float w = ARITY > 2 ? Mem.f32(z + i * 4L) : 0;
            Mem.f32(out + i * 4L, FUNCTION.apply(Mem.f32(x + i * 4L), v, w, a, b, c));
        }
    }
}

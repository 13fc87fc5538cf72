package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** The lanes of a sum of a row function, without vectors; see Note [Templates]. */
final class RowTile implements Row.Tile {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final Row.Function FUNCTION = Specialiser.data(MethodHandles.lookup(), Row.Function.class, 1);

    RowTile() {}

    @Override
    public int run(int n, long x, long y, long z, float a, float b, float c, long tile) {
        for (int i = 0; i < Fold.LANES; i++) {
            Mem.f32(tile + i * 4L, 0f);
        }
        for (int i = 0; i < n; i++) {
            float v = ARITY > 1 ? Mem.f32(y + i * 4L) : 0;
            float w = ARITY > 2 ? Mem.f32(z + i * 4L) : 0;
            long lane = tile + i % Fold.LANES * 4L;
            Mem.f32(lane, Mem.f32(lane) + FUNCTION.apply(Mem.f32(x + i * 4L), v, w, a, b, c));
        }
        return n;
    }
}

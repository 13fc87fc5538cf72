package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Reduce;
import java.lang.invoke.MethodHandles;

/** The lanes of a block without vectors; see Note [Templates]. */
final class FoldTemplate implements Fold.Tile {
    private static final Reduce.Kind KIND = Specialiser.data(MethodHandles.lookup(), Reduce.Kind.class, 0);
    private static final Element TYPE = Specialiser.data(MethodHandles.lookup(), Element.class, 1);
    private static final long BYTES = TYPE.bytes;
    private static final long IDENTITY = Fold.identity(KIND, TYPE);

    FoldTemplate() {}

    @Override
    public void run(int n, long x, long tile) {
        for (int i = 0; i < Fold.LANES; i++) {
            put(tile + i * BYTES, IDENTITY);
        }
        for (int i = 0; i < n; i += Fold.LANES) {
            join(Math.min(Fold.LANES, n - i), x + i * BYTES, tile);
        }
    }

    @Override
    public void columns(int n, int rows, long x, long pitch, long sums) {
        for (int r = 0; r < rows; r++) {
            join(n, x + r * pitch, sums);
        }
    }

    private static void join(int count, long x, long tile) {
        for (int i = 0; i < count; i++) {
            long at = i * BYTES;
            if (TYPE == Element.F32) {
                Mem.f32(tile + at, Fold.join(KIND, Mem.f32(tile + at), Mem.f32(x + at)));
            } else {
                Mem.i64(tile + at, Fold.join(KIND, TYPE, Mem.i64(tile + at), Mem.i64(x + at)));
            }
        }
    }

    private static void put(long at, long bits) {
        if (TYPE == Element.F32) {
            Mem.i32(at, (int) bits);
        } else {
            Mem.i64(at, bits);
        }
    }
}

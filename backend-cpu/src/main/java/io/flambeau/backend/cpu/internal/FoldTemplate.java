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
    public long block(int n, long x, long lanes) {
        for (int i = 0; i < Fold.LANES; i++) {
            put(lanes + i * BYTES, IDENTITY);
        }
        for (int i = 0; i < n; i += Fold.LANES) {
            join(Math.min(Fold.LANES, n - i), x + i * BYTES, lanes);
        }
        return halves(n, lanes);
    }

    @Override
    public long halves(int n, long lanes) {
        // Half of the lanes that are reached; the others hold identities, which change nothing.
        int reached = n >= Fold.LANES ? Fold.LANES / 2 : n <= 1 ? 0 : Integer.highestOneBit(n - 1);
        for (int half = reached; half > 0; half >>= 1) {
            join(half, lanes + half * BYTES, lanes);
        }
        return TYPE == Element.F32 ? Mem.i32(lanes) : Mem.i64(lanes);
    }

    @Override
    public void columns(int n, int rows, boolean fresh, long x, long pitch, long sums) {
        if (fresh) {
            Mem.copy(x, sums, n * BYTES);
        }
        for (int r = fresh ? 1 : 0; r < rows; r++) {
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

package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The 64 lanes of a block, four vectors of them at a time: as many passes over the block, which stays in the first
 * cache, as it takes. So narrow and wide vectors fill the same lanes. See Note [Templates].
 */
@SuppressWarnings({"unchecked", "rawtypes"})
final class FoldTile implements Fold.Tile {
    private static final VectorSpecies SPECIES = Specialiser.data(MethodHandles.lookup(), VectorSpecies.class, 0);
    private static final VectorOperators.Binary OPERATOR =
            Specialiser.data(MethodHandles.lookup(), VectorOperators.Binary.class, 1);
    private static final VectorSpecies BITS = Specialiser.data(MethodHandles.lookup(), VectorSpecies.class, 2);
    private static final long IDENTITY = Specialiser.data(MethodHandles.lookup(), Long.class, 3);
    private static final int LANES = 64;
    private static final long ROW = LANES * (SPECIES.elementSize() / 8L);
    private static final int BYTES = Lanes.BYTES;
    private static final int WIDTH = SPECIES.length();

    FoldTile() {}

    @Override
    public void run(int n, long x, long tile) {
        for (long at = 0; at < ROW; at += 4L * BYTES) {
            pass(n / LANES, x + at, tile + at);
        }
        int rest = n % LANES;
        if (rest > 0) {
            one(0, rest, x + n / LANES * ROW, tile);
        }
    }

    private static void pass(int rows, long x, long tile) {
        Vector a = identity();
        Vector b = identity();
        Vector c = identity();
        Vector d = identity();
        for (int i = 0; i < rows; i++) {
            a = a.lanewise(OPERATOR, load(x + i * ROW));
            b = b.lanewise(OPERATOR, load(x + i * ROW + BYTES));
            c = c.lanewise(OPERATOR, load(x + i * ROW + 2 * BYTES));
            d = d.lanewise(OPERATOR, load(x + i * ROW + 3 * BYTES));
        }
        a.intoMemorySegment(Mem.ALL, tile, Lanes.ORDER);
        b.intoMemorySegment(Mem.ALL, tile + BYTES, Lanes.ORDER);
        c.intoMemorySegment(Mem.ALL, tile + 2 * BYTES, Lanes.ORDER);
        d.intoMemorySegment(Mem.ALL, tile + 3 * BYTES, Lanes.ORDER);
    }

    @Override
    public void columns(int n, int rows, long x, long pitch, long sums) {
        int r = 0;
        for (; r <= rows - 8; r += 8) {
            eight(n, x + r * pitch, pitch, sums);
        }
        for (; r < rows; r++) {
            one(0, n, x + r * pitch, sums);
        }
    }

    /** Eight rows in one pass over the sums, each read on its own. */
    private static void eight(int n, long x, long pitch, long sums) {
        int whole = n - n % WIDTH;
        long x1 = x + pitch;
        long x2 = x + 2 * pitch;
        long x3 = x + 3 * pitch;
        long x4 = x + 4 * pitch;
        long x5 = x + 5 * pitch;
        long x6 = x + 6 * pitch;
        long x7 = x + 7 * pitch;
        for (int i = 0; i < whole; i += WIDTH) {
            long at = i * (ROW / LANES);
            Vector a = load(sums + at).lanewise(OPERATOR, load(x + at));
            a = a.lanewise(OPERATOR, load(x1 + at));
            a = a.lanewise(OPERATOR, load(x2 + at));
            a = a.lanewise(OPERATOR, load(x3 + at));
            a = a.lanewise(OPERATOR, load(x4 + at));
            a = a.lanewise(OPERATOR, load(x5 + at));
            a = a.lanewise(OPERATOR, load(x6 + at));
            a = a.lanewise(OPERATOR, load(x7 + at));
            a.intoMemorySegment(Mem.ALL, sums + at, Lanes.ORDER);
        }
        for (int r = 0; r < 8 && whole < n; r++) {
            one(whole, n, x + r * pitch, sums);
        }
    }

    private static void one(int from, int n, long x, long sums) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            long at = i * (ROW / LANES);
            load(sums + at).lanewise(OPERATOR, load(x + at)).intoMemorySegment(Mem.ALL, sums + at, Lanes.ORDER);
        }
        if (i < n) {
            last(n - i, x + i * (ROW / LANES), sums + i * (ROW / LANES));
        }
    }

    /** Fewer elements than a vector. */
    private static void last(int n, long x, long to) {
        VectorMask mask = SPECIES.indexInRange(0, n);
        VectorMask<Byte> bytes = Lanes.I8.indexInRange(0, (int) (n * (ROW / LANES)));
        Vector v = masked(x, bytes);
        ByteVector all = masked(to, bytes).lanewise(OPERATOR, v, mask).reinterpretAsBytes();
        all.intoMemorySegment(Mem.ALL, to, Lanes.ORDER, bytes);
    }

    private static Vector masked(long at, VectorMask<Byte> bytes) {
        return ByteVector.fromMemorySegment(Lanes.I8, Mem.ALL, at, Lanes.ORDER, bytes)
                .reinterpretShape(SPECIES, 0);
    }

    private static Vector identity() {
        Vector bits = BITS.broadcast(IDENTITY);
        return SPECIES == BITS
                ? bits
                : SPECIES.elementType() == float.class ? bits.reinterpretAsFloats() : bits.reinterpretAsDoubles();
    }

    private static Vector load(long at) {
        return SPECIES.fromMemorySegment(Mem.ALL, at, Lanes.ORDER);
    }
}

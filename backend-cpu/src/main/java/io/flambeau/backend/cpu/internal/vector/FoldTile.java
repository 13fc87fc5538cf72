package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
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

    FoldTile() {}

    @Override
    public void run(int n, long x, long tile) {
        for (long at = 0; at < ROW; at += 4L * BYTES) {
            pass(n / LANES, x + at, tile + at);
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

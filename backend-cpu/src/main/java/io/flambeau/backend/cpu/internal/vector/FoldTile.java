package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Specialiser;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The 64 lanes of a block, four vectors of them at a time: as many passes over the block, which stays in the first
 * cache, as it takes. So narrow and wide vectors fill the same lanes. See Note [Templates] and Note [Long vector
 * methods].
 */
@SuppressWarnings({"unchecked", "rawtypes"})
final class FoldTile implements Fold.Tile {
    private static final VectorSpecies SPECIES = Specialiser.data(MethodHandles.lookup(), VectorSpecies.class, 0);
    private static final VectorOperators.Binary OPERATOR =
            Specialiser.data(MethodHandles.lookup(), VectorOperators.Binary.class, 1);
    private static final VectorSpecies BITS = Specialiser.data(MethodHandles.lookup(), VectorSpecies.class, 2);
    private static final long IDENTITY = Specialiser.data(MethodHandles.lookup(), Long.class, 3);
    private static final int SIZE = SPECIES.elementSize() / 8;
    private static final int WIDTH = SPECIES.length();
    private static final int BYTES = Lanes.BYTES;
    private static final int ROW = Fold.LANES * SIZE;
    private static final VectorShuffle BY_8 = by(8);
    private static final VectorShuffle BY_4 = by(4);
    private static final VectorShuffle BY_2 = by(2);
    private static final VectorShuffle BY_1 = by(1);

    FoldTile() {}

    /** Every lane takes the place of the one so far below. */
    private static VectorShuffle by(int distance) {
        return VectorShuffle.fromOp(SPECIES, i -> (i + distance) % WIDTH);
    }

    @Override
    public long block(int n, long x, long lanes) {
        if (ROW == 4 * BYTES) {
            return whole(n, x, lanes);
        }
        for (int at = 0; at < ROW; at += 4 * BYTES) {
            pass(n / Fold.LANES, x + at, lanes + at);
        }
        int rest = n % Fold.LANES;
        long from = x + (long) (n - rest) * SIZE;
        for (int at = 0; at < rest * SIZE; at += BYTES) {
            rest(rest - at / SIZE, from + at, lanes + at);
        }
        return halves(n, lanes);
    }

    /** Where four vectors hold all lanes, they stay in registers. */
    private static long whole(int n, long x, long lanes) {
        Vector a = BITS.broadcast(IDENTITY).reinterpretShape(SPECIES, 0);
        Vector b = a;
        Vector c = a;
        Vector d = a;
        int rest = n % Fold.LANES;
        long end = x + (long) (n - rest) * SIZE;
        for (long at = x; at != end; at += ROW) {
            a = a.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at, ORDER));
            b = b.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at + BYTES, ORDER));
            c = c.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at + 2 * BYTES, ORDER));
            d = d.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at + 3 * BYTES, ORDER));
        }
        if (rest > 0) {
            VectorMask m = SPECIES.indexInRange(0, rest);
            a = a.lanewise(
                    OPERATOR,
                    IntVector.fromMemorySegment(Lanes.I32, ALL, end, ORDER, Lanes.I32.indexInRange(0, rest))
                            .reinterpretShape(SPECIES, 0),
                    m);
        }
        if (rest > WIDTH) {
            VectorMask m = SPECIES.indexInRange(WIDTH, rest);
            b = b.lanewise(
                    OPERATOR,
                    IntVector.fromMemorySegment(Lanes.I32, ALL, end + BYTES, ORDER, Lanes.I32.indexInRange(WIDTH, rest))
                            .reinterpretShape(SPECIES, 0),
                    m);
        }
        if (rest > 2 * WIDTH) {
            VectorMask m = SPECIES.indexInRange(2 * WIDTH, rest);
            c = c.lanewise(
                    OPERATOR,
                    IntVector.fromMemorySegment(
                                    Lanes.I32, ALL, end + 2 * BYTES, ORDER, Lanes.I32.indexInRange(2 * WIDTH, rest))
                            .reinterpretShape(SPECIES, 0),
                    m);
        }
        if (rest > 3 * WIDTH) {
            VectorMask m = SPECIES.indexInRange(3 * WIDTH, rest);
            d = d.lanewise(
                    OPERATOR,
                    IntVector.fromMemorySegment(
                                    Lanes.I32, ALL, end + 3 * BYTES, ORDER, Lanes.I32.indexInRange(3 * WIDTH, rest))
                            .reinterpretShape(SPECIES, 0),
                    m);
        }
        Vector v = a.lanewise(OPERATOR, c).lanewise(OPERATOR, b.lanewise(OPERATOR, d));
        v = v.lanewise(OPERATOR, v.rearrange(BY_8));
        v = v.lanewise(OPERATOR, v.rearrange(BY_4));
        v = v.lanewise(OPERATOR, v.rearrange(BY_2));
        v.lanewise(OPERATOR, v.rearrange(BY_1)).intoMemorySegment(ALL, lanes, ORDER);
        return Mem.i32(lanes);
    }

    /** At most a vector, joined to its lanes, which are written as a whole: what is read next would wait for a part. */
    private static void rest(int n, long x, long lanes) {
        VectorMask mask = SPECIES.indexInRange(0, n);
        SPECIES.fromMemorySegment(ALL, lanes, ORDER)
                .lanewise(OPERATOR, masked(n, x), mask)
                .intoMemorySegment(ALL, lanes, ORDER);
    }

    private static void pass(int rows, long x, long tile) {
        // Made here: what a loop begins with must not be an object that is there already, or all that follows becomes
        // one.
        Vector a = BITS.broadcast(IDENTITY).reinterpretShape(SPECIES, 0);
        Vector b = a;
        Vector c = a;
        Vector d = a;
        long end = x + (long) rows * ROW;
        for (long at = x; at != end; at += ROW) {
            a = a.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at, ORDER));
            b = b.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at + BYTES, ORDER));
            c = c.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at + 2 * BYTES, ORDER));
            d = d.lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, at + 3 * BYTES, ORDER));
        }
        a.intoMemorySegment(ALL, tile, ORDER);
        b.intoMemorySegment(ALL, tile + BYTES, ORDER);
        c.intoMemorySegment(ALL, tile + 2 * BYTES, ORDER);
        d.intoMemorySegment(ALL, tile + 3 * BYTES, ORDER);
    }

    @Override
    public long halves(int n, long lanes) {
        for (int half = ROW / 2; half >= BYTES; half >>= 1) {
            for (int i = 0; i < half; i += BYTES) {
                SPECIES.fromMemorySegment(ALL, lanes + i, ORDER)
                        .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, lanes + half + i, ORDER))
                        .intoMemorySegment(ALL, lanes + i, ORDER);
            }
        }
        Vector v = SPECIES.fromMemorySegment(ALL, lanes, ORDER);
        v = WIDTH > 8 ? v.lanewise(OPERATOR, v.rearrange(BY_8)) : v;
        v = WIDTH > 4 ? v.lanewise(OPERATOR, v.rearrange(BY_4)) : v;
        v = WIDTH > 2 ? v.lanewise(OPERATOR, v.rearrange(BY_2)) : v;
        v.lanewise(OPERATOR, v.rearrange(BY_1)).intoMemorySegment(ALL, lanes, ORDER);
        return SIZE == 4 ? Mem.i32(lanes) : Mem.i64(lanes);
    }

    @Override
    public void columns(int n, int rows, boolean fresh, long x, long pitch, long sums) {
        int whole = n - n % WIDTH;
        int r = 0;
        if (fresh && rows < 8) {
            Mem.copy(x, sums, (long) n * SIZE);
            r = 1;
        } else if (fresh) {
            Mem.copy(x + (long) whole * SIZE, sums + (long) whole * SIZE, (long) (n - whole) * SIZE);
            first(whole, x, pitch, sums);
            for (r = 1; r < 8; r++) {
                one(whole, n, x + r * pitch, sums);
            }
        }
        for (; r <= rows - 8; r += 8) {
            eight(whole, x + r * pitch, pitch, sums);
            for (int i = r; i < r + 8; i++) {
                one(whole, n, x + i * pitch, sums);
            }
        }
        if (r <= rows - 4) {
            four(whole, x + r * pitch, pitch, sums);
            for (int end = r + 4; r < end; r++) {
                one(whole, n, x + r * pitch, sums);
            }
        }
        for (; r < rows; r++) {
            one(0, n, x + r * pitch, sums);
        }
    }

    /** Eight rows of whole vectors. */
    private static void first(int n, long x, long pitch, long sums) {
        long x2 = x + 2 * pitch;
        long x4 = x + 4 * pitch;
        long x6 = x + 6 * pitch;
        long end = (long) n * SIZE;
        for (long at = 0; at != end; at += BYTES) {
            SPECIES.fromMemorySegment(ALL, x + at, ORDER)
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x + pitch + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x2 + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x2 + pitch + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x4 + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x4 + pitch + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x6 + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x6 + pitch + at, ORDER))
                    .intoMemorySegment(ALL, sums + at, ORDER);
        }
    }

    /** Eight rows of whole vectors in one pass over the sums, each read on its own. */
    private static void eight(int n, long x, long pitch, long sums) {
        long x2 = x + 2 * pitch;
        long x4 = x + 4 * pitch;
        long x6 = x + 6 * pitch;
        long end = (long) n * SIZE;
        for (long at = 0; at != end; at += BYTES) {
            SPECIES.fromMemorySegment(ALL, sums + at, ORDER)
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x + pitch + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x2 + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x2 + pitch + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x4 + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x4 + pitch + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x6 + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x6 + pitch + at, ORDER))
                    .intoMemorySegment(ALL, sums + at, ORDER);
        }
    }

    /** As {@link #eight}, for what is left. */
    private static void four(int n, long x, long pitch, long sums) {
        long x2 = x + 2 * pitch;
        long end = (long) n * SIZE;
        for (long at = 0; at != end; at += BYTES) {
            SPECIES.fromMemorySegment(ALL, sums + at, ORDER)
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x + pitch + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x2 + at, ORDER))
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x2 + pitch + at, ORDER))
                    .intoMemorySegment(ALL, sums + at, ORDER);
        }
    }

    private static void one(int from, int n, long x, long sums) {
        int i = from;
        for (; i <= n - WIDTH; i += WIDTH) {
            long at = (long) i * SIZE;
            SPECIES.fromMemorySegment(ALL, sums + at, ORDER)
                    .lanewise(OPERATOR, SPECIES.fromMemorySegment(ALL, x + at, ORDER))
                    .intoMemorySegment(ALL, sums + at, ORDER);
        }
        if (i < n) {
            last(n - i, x + (long) i * SIZE, sums + (long) i * SIZE);
        }
    }

    /** Fewer elements than a vector. */
    private static void last(int n, long x, long to) {
        Vector v = masked(n, to).lanewise(OPERATOR, masked(n, x));
        if (SIZE == 4) {
            v.reinterpretAsInts().intoMemorySegment(ALL, to, ORDER, Lanes.I32.indexInRange(0, n));
        } else {
            v.reinterpretAsLongs().intoMemorySegment(ALL, to, ORDER, Lanes.I64.indexInRange(0, n));
        }
    }

    /** The first elements of a vector; the others are 0. */
    private static Vector masked(int n, long x) {
        return SIZE == 4
                ? IntVector.fromMemorySegment(Lanes.I32, ALL, x, ORDER, Lanes.I32.indexInRange(0, n))
                        .reinterpretShape(SPECIES, 0)
                : LongVector.fromMemorySegment(Lanes.I64, ALL, x, ORDER, Lanes.I64.indexInRange(0, n))
                        .reinterpretShape(SPECIES, 0);
    }
}

package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.I32;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;

import io.flambeau.backend.cpu.internal.Fold;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The greatest or the least of a block of floats, by their bits.
 *
 * <p>Note [Extremes by bits]: as integers, positive floats order as they do as floats and negative ones the other way
 * round, a NaN lies beyond the infinity of its sign, and -0 is below +0. So the greatest signed and the greatest
 * unsigned integer of a block tell its greatest positive float, its least negative one, and whether there is a NaN, by
 * two instructions for a vector; a maximum of floats takes seven. Only where all floats have the sign that is not asked
 * for, the block is searched once more, for the least integer.
 */
final class ExtremeTile implements Fold.Tile {
    private static final int BYTES = Lanes.BYTES;
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final boolean max;
    private final Fold.Tile floats;

    /** @param floats what reduces columns and lanes */
    ExtremeTile(boolean max, Fold.Tile floats) {
        this.max = max;
        this.floats = floats;
    }

    @Override
    public long halves(int n, long lanes) {
        return floats.halves(n, lanes);
    }

    @Override
    public void columns(int n, int rows, boolean fresh, long x, long pitch, long sums) {
        floats.columns(n, rows, fresh, x, pitch, sums);
    }

    @Override
    public long block(int n, long x, long lanes) {
        if (n < Lanes.FLOATS) {
            return floats.block(n, x, lanes);
        }
        long both = greatest(n, x);
        int signed = (int) (both >> 32);
        int unsigned = (int) both;
        if (signed > INFINITY || Integer.compareUnsigned(unsigned, INFINITY | Integer.MIN_VALUE) > 0) {
            return Float.floatToRawIntBits(Float.NaN);
        }
        return max ? signed >= 0 ? signed : least(n, x) : unsigned < 0 ? unsigned : least(n, x);
    }

    /** The greatest signed integer, above the greatest unsigned one; the last vector overlaps the one before. */
    private static long greatest(int n, long x) {
        long last = x + (n - Lanes.FLOATS) * 4L;
        IntVector v = IntVector.fromMemorySegment(I32, ALL, last, ORDER);
        IntVector a = v;
        IntVector b = v;
        IntVector c = v;
        IntVector d = v;
        IntVector p = v;
        IntVector q = v;
        IntVector r = v;
        IntVector s = v;
        long at = x;
        for (long end = x + Math.max(0, last - x + BYTES - 1) / (4 * BYTES) * (4 * BYTES); at != end; at += 4 * BYTES) {
            IntVector e = IntVector.fromMemorySegment(I32, ALL, at, ORDER);
            IntVector f = IntVector.fromMemorySegment(I32, ALL, at + BYTES, ORDER);
            IntVector g = IntVector.fromMemorySegment(I32, ALL, at + 2 * BYTES, ORDER);
            IntVector h = IntVector.fromMemorySegment(I32, ALL, at + 3 * BYTES, ORDER);
            a = a.max(e);
            p = p.lanewise(VectorOperators.UMAX, e);
            b = b.max(f);
            q = q.lanewise(VectorOperators.UMAX, f);
            c = c.max(g);
            r = r.lanewise(VectorOperators.UMAX, g);
            d = d.max(h);
            s = s.lanewise(VectorOperators.UMAX, h);
        }
        for (; at < last; at += BYTES) {
            IntVector e = IntVector.fromMemorySegment(I32, ALL, at, ORDER);
            a = a.max(e);
            p = p.lanewise(VectorOperators.UMAX, e);
        }
        a = a.max(b).max(c.max(d));
        p = p.lanewise(VectorOperators.UMAX, q).lanewise(VectorOperators.UMAX, r.lanewise(VectorOperators.UMAX, s));
        int unsigned = p.lanewise(VectorOperators.XOR, Integer.MIN_VALUE).reduceLanes(VectorOperators.MAX);
        return (long) a.reduceLanes(VectorOperators.MAX) << 32 | (unsigned ^ Integer.MIN_VALUE) & 0xFFFFFFFFL;
    }

    private static long least(int n, long x) {
        long last = x + (n - Lanes.FLOATS) * 4L;
        IntVector a = IntVector.fromMemorySegment(I32, ALL, last, ORDER);
        IntVector b = a;
        long at = x;
        for (; at <= last - BYTES; at += 2 * BYTES) {
            a = a.min(IntVector.fromMemorySegment(I32, ALL, at, ORDER));
            b = b.min(IntVector.fromMemorySegment(I32, ALL, at + BYTES, ORDER));
        }
        if (at < last) {
            a = a.min(IntVector.fromMemorySegment(I32, ALL, at, ORDER));
        }
        return a.min(b).reduceLanes(VectorOperators.MIN);
    }
}

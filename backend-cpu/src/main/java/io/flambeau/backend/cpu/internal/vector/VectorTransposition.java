package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Transposition by blocks of four by four, which every width of vectors has registers for. */
public final class VectorTransposition {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    private static final VectorShuffle<Float> ACROSS = VectorShuffle.fromOp(FOUR, i -> i ^ 2);
    private static final VectorShuffle<Float> BESIDE = VectorShuffle.fromOp(FOUR, i -> i ^ 1);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(FOUR, 0b1100);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(FOUR, 0b1010);
    private static final VectorMask<Float> LOWER = UPPER.not();
    private static final VectorMask<Float> EVEN = ODD.not();

    /** Columns in a line of the cache, which are read together. */
    private static final int LINE = 16;

    /** Lines of a row that are read together where the results lie close together, and how close. */
    private static final int LINES = 4;

    private static final int CLOSE = 256;

    private VectorTransposition() {}

    /** See {@code Transposition}. */
    public static void run(int rows, int cols, long from, long pitch, long to, long toPitch) {
        int step = toPitch <= CLOSE ? LINES * LINE : LINE;
        for (int j = 0; j < cols; j += step) {
            int width = Math.min(step, cols - j);
            for (int i = 0; i < rows; i += 4) {
                four(width, from + i * pitch + j * 4L, pitch, to + j * toPitch + i * 4L, toPitch);
            }
        }
    }

    /** Four rows of {@code width} columns. */
    private static void four(int width, long from, long pitch, long to, long toPitch) {
        for (int j = 0; j < width; j += 4) {
            long at = from + j * 4L;
            FloatVector a = load(at);
            FloatVector b = load(at + pitch);
            FloatVector c = load(at + 2 * pitch);
            FloatVector d = load(at + 3 * pitch);
            FloatVector ac = a.blend(c.rearrange(ACROSS), UPPER);
            FloatVector ca = c.blend(a.rearrange(ACROSS), LOWER);
            FloatVector bd = b.blend(d.rearrange(ACROSS), UPPER);
            FloatVector db = d.blend(b.rearrange(ACROSS), LOWER);
            long out = to + j * toPitch;
            store(ac.blend(bd.rearrange(BESIDE), ODD), out);
            store(bd.blend(ac.rearrange(BESIDE), EVEN), out + toPitch);
            store(ca.blend(db.rearrange(BESIDE), ODD), out + 2 * toPitch);
            store(db.blend(ca.rearrange(BESIDE), EVEN), out + 3 * toPitch);
        }
    }

    private static FloatVector load(long at) {
        return FloatVector.fromMemorySegment(FOUR, Mem.ALL, at, Lanes.ORDER);
    }

    private static void store(FloatVector x, long at) {
        x.intoMemorySegment(Mem.ALL, at, Lanes.ORDER);
    }
}

package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Halving;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/** Windows of two by two by vectors: a vector of windows at a time. */
public final class VectorHalving implements Halving {
    private static final int N = Lanes.FLOATS;
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(Lanes.F32, i -> 2 * i % N);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(Lanes.F32, i -> 2 * i % N + 1);
    private static final VectorMask<Float> UPPER =
            Lanes.F32.indexInRange(0, N / 2).not();
    private static final IntVector STEPS = IntVector.broadcast(Lanes.I32, 0).addIndex(2);

    /**
     * Vectors at the end of a row read and write into the next one, which is written later; where they would leave the
     * plane, they work on copies.
     */
    @Override
    public void run(int rows, int n, long x, int width, long values, long places) {
        for (int i = 0; i < rows; i++) {
            int j = 0;
            for (;
                    j < n && i * n + j + N <= rows * n && (2 * i + 1) * width + 2 * (j + N) <= 2 * rows * width;
                    j += N) {
                int to = i * n + j;
                windows(x, 2 * (i * width + j), width, values + to * 4L, places + to * 8L);
            }
            for (; j < n; j += N) {
                int to = i * n + j;
                int at = 2 * (i * width + j);
                last(Math.min(N, n - j), x, at, width, values + to * 4L, places + to * 8L);
            }
        }
    }

    private static void windows(long x, int at, int width, long values, long places) {
        FloatVector a = Lanes.load(x + at * 4L);
        FloatVector b = Lanes.load(x + (at + N) * 4L);
        FloatVector c = Lanes.load(x + (at + width) * 4L);
        FloatVector d = Lanes.load(x + (at + width + N) * 4L);
        FloatVector best = pick(a, b, EVEN);
        IntVector place = STEPS.add(at);
        FloatVector next = pick(a, b, ODD);
        VectorMask<Float> wins = beats(next, best);
        best = best.blend(next, wins);
        place = place.blend(STEPS.add(at + 1), wins.cast(Lanes.I32));
        next = pick(c, d, EVEN);
        wins = beats(next, best);
        best = best.blend(next, wins);
        place = place.blend(STEPS.add(at + width), wins.cast(Lanes.I32));
        next = pick(c, d, ODD);
        wins = beats(next, best);
        best = best.blend(next, wins);
        place = place.blend(STEPS.add(at + width + 1), wins.cast(Lanes.I32));
        Lanes.store(best, values);
        store(place, 0, places);
        store(place, 1, places + Lanes.BYTES);
    }

    /** Fewer windows than a vector's, by way of a copy. */
    private static void last(int n, long x, int at, int width, long values, long places) {
        long made = Scratch.get(Scratch.TILE, N * 12L + (width + 2 * N) * 4L);
        long copy = made + N * 12L;
        Mem.copy(x + at * 4L, copy, (width + 2L * n) * 4);
        windows(copy - at * 4L, at, width, made, made + N * 4L);
        Mem.copy(made, values, n * 4L);
        Mem.copy(made + N * 4L, places, n * 8L);
    }

    private static void store(IntVector place, int half, long to) {
        LongVector wide = (LongVector) place.convertShape(VectorOperators.I2L, Lanes.I64, half);
        wide.intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
    }

    /** Every second element of two vectors. */
    private static FloatVector pick(FloatVector a, FloatVector b, VectorShuffle<Float> shuffle) {
        return a.rearrange(shuffle).blend(b.rearrange(shuffle), UPPER);
    }

    private static VectorMask<Float> beats(FloatVector next, FloatVector best) {
        // Comparisons, for the test for NaN is no single operation and made the compiler allocate.
        return next.compare(VectorOperators.GT, best)
                .or(next.compare(VectorOperators.NE, next).and(best.compare(VectorOperators.EQ, best)));
    }
}

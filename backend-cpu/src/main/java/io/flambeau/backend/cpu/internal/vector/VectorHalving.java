package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Halving;
import io.flambeau.backend.cpu.internal.Mem;
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

    @Override
    public void run(int rows, int n, long x, int width, long values, long places) {
        for (int j = 0; j < n; j += N) {
            int count = Math.min(N, n - j);
            VectorMask<Float> left = Lanes.F32.indexInRange(0, 2 * count);
            VectorMask<Float> right = Lanes.F32.indexInRange(0, 2 * count - N);
            VectorMask<Float> all = Lanes.F32.indexInRange(0, count);
            VectorMask<Long> low = Lanes.I64.indexInRange(0, count);
            VectorMask<Long> high = Lanes.I64.indexInRange(0, count - N / 2);
            for (int i = 0; i < rows; i++) {
                int at = 2 * (i * width + j);
                int to = i * n + j;
                windows(x, at, width, left, right, values + to * 4L, all, places + to * 8L, low, high);
            }
        }
    }

    private static void windows(
            long x,
            int at,
            int width,
            VectorMask<Float> left,
            VectorMask<Float> right,
            long values,
            VectorMask<Float> all,
            long places,
            VectorMask<Long> low,
            VectorMask<Long> high) {
        FloatVector a = load(x + at * 4L, left);
        FloatVector b = load(x + (at + N) * 4L, right);
        FloatVector c = load(x + (at + width) * 4L, left);
        FloatVector d = load(x + (at + width + N) * 4L, right);
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
        best.intoMemorySegment(Mem.ALL, values, Lanes.ORDER, all);
        store(place, 0, places, low);
        store(place, 1, places + Lanes.BYTES, high);
    }

    private static FloatVector load(long from, VectorMask<Float> mask) {
        return FloatVector.fromMemorySegment(Lanes.F32, Mem.ALL, from, Lanes.ORDER, mask);
    }

    private static void store(IntVector place, int half, long to, VectorMask<Long> mask) {
        LongVector wide = (LongVector) place.convertShape(VectorOperators.I2L, Lanes.I64, half);
        wide.intoMemorySegment(Mem.ALL, to, Lanes.ORDER, mask);
    }

    /** Every second element of two vectors. */
    private static FloatVector pick(FloatVector a, FloatVector b, VectorShuffle<Float> shuffle) {
        return a.rearrange(shuffle).blend(b.rearrange(shuffle), UPPER);
    }

    private static VectorMask<Float> beats(FloatVector next, FloatVector best) {
        return next.compare(VectorOperators.GT, best)
                .or(next.test(VectorOperators.IS_NAN).andNot(best.test(VectorOperators.IS_NAN)));
    }
}

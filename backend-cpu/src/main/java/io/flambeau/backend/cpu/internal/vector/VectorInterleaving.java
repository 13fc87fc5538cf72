package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Interleaving;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Interleaving by vectors, the last of which overlaps the one before. */
public final class VectorInterleaving implements Interleaving {
    private static final int N = Lanes.FLOATS;
    private static final VectorShuffle<Float> LOWER = VectorShuffle.fromOp(Lanes.F32, i -> i / 2);
    private static final VectorShuffle<Float> UPPER = VectorShuffle.fromOp(Lanes.F32, i -> i / 2 + N / 2);
    private static final VectorMask<Float> ODDS = VectorMask.fromLong(Lanes.F32, 0xAAAA);
    private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(Lanes.F32, i -> 2 * i % N);
    private static final VectorShuffle<Float> SECOND = VectorShuffle.fromOp(Lanes.F32, i -> 2 * i % N + 1);
    private static final VectorMask<Float> HIGH =
            Lanes.F32.indexInRange(0, N / 2).not();
    private static final Interleaving PLAIN = new Interleaving.Plain();

    @Override
    public void join(int n, long even, long odd, long to) {
        if (n < N) {
            PLAIN.join(n, even, odd, to);
            return;
        }
        for (int i = 0; i < n - N; i += N) {
            join(even + i * 4L, odd + i * 4L, to + i * 8L);
        }
        int last = n - N;
        join(even + last * 4L, odd + last * 4L, to + last * 8L);
    }

    private static void join(long even, long odd, long to) {
        FloatVector a = Lanes.load(even);
        FloatVector b = Lanes.load(odd);
        Lanes.store(a.rearrange(LOWER).blend(b.rearrange(LOWER), ODDS), to);
        Lanes.store(a.rearrange(UPPER).blend(b.rearrange(UPPER), ODDS), to + Lanes.BYTES);
    }

    @Override
    public void split(int n, long from, long even, long odd) {
        if (n < N) {
            PLAIN.split(n, from, even, odd);
            return;
        }
        for (int i = 0; i < n - N; i += N) {
            split(from + i * 8L, even + i * 4L, odd + i * 4L);
        }
        int last = n - N;
        split(from + last * 8L, even + last * 4L, odd + last * 4L);
    }

    private static void split(long from, long even, long odd) {
        FloatVector a = Lanes.load(from);
        FloatVector b = Lanes.load(from + Lanes.BYTES);
        Lanes.store(a.rearrange(FIRST).blend(b.rearrange(FIRST), HIGH), even);
        Lanes.store(a.rearrange(SECOND).blend(b.rearrange(SECOND), HIGH), odd);
    }
}

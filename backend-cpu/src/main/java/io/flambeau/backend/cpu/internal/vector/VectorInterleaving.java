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

    @Override
    public void run(int n, long even, long odd, long to) {
        if (n < N) {
            Interleaving.Holder.plain(n, even, odd, to);
            return;
        }
        for (int i = 0; i < n - N; i += N) {
            vectors(even + i * 4L, odd + i * 4L, to + i * 8L);
        }
        int last = n - N;
        vectors(even + last * 4L, odd + last * 4L, to + last * 8L);
    }

    private static void vectors(long even, long odd, long to) {
        FloatVector a = Lanes.load(even);
        FloatVector b = Lanes.load(odd);
        Lanes.store(a.rearrange(LOWER).blend(b.rearrange(LOWER), ODDS), to);
        Lanes.store(a.rearrange(UPPER).blend(b.rearrange(UPPER), ODDS), to + Lanes.BYTES);
    }
}

package io.flambeau.backend.cpu.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** The last steps of a reduction of floats, 64 lanes that meet by halves, by vectors of up to 16 of them. */
public final class VectorHalves {
    private static final int N = Lanes.FLOATS;
    private static final VectorShuffle<Float> BY_8 = by(8);
    private static final VectorShuffle<Float> BY_4 = by(4);
    private static final VectorShuffle<Float> BY_2 = by(2);
    private static final VectorShuffle<Float> BY_1 = by(1);

    private VectorHalves() {}

    /** Every lane takes the place of the one so far below. */
    private static VectorShuffle<Float> by(int distance) {
        return VectorShuffle.fromOp(Lanes.F32, i -> (i + distance) % N);
    }

    /** Adds {@code n} floats to the first lanes. */
    public static void add(int n, long x, long lanes) {
        int i = 0;
        for (; i <= n - N; i += N) {
            Lanes.store(Lanes.load(lanes + i * 4L).add(Lanes.load(x + i * 4L)), lanes + i * 4L);
        }
        if (i < n) {
            // Lanes start at +0, so that adding 0 to the others changes nothing.
            FloatVector last = Lanes.load(x + i * 4L, Lanes.F32.indexInRange(0, n - i));
            Lanes.store(Lanes.load(lanes + i * 4L).add(last), lanes + i * 4L);
        }
    }

    /** The bits of the sum of the lanes, which are spent. */
    public static int sum(long lanes) {
        for (int w = 32; w >= N; w >>= 1) {
            for (int i = 0; i < 4 * w; i += Lanes.BYTES) {
                Lanes.store(Lanes.load(lanes + i).add(Lanes.load(lanes + 4 * w + i)), lanes + i);
            }
        }
        FloatVector v = Lanes.load(lanes);
        v = N > 8 ? v.add(v.rearrange(BY_8)) : v;
        v = N > 4 ? v.add(v.rearrange(BY_4)) : v;
        v = v.add(v.rearrange(BY_2));
        return Float.floatToRawIntBits(v.add(v.rearrange(BY_1)).lane(0));
    }

    /** The bits of the greatest of the lanes, which are spent. */
    public static int max(long lanes) {
        for (int w = 32; w >= N; w >>= 1) {
            for (int i = 0; i < 4 * w; i += Lanes.BYTES) {
                Lanes.store(Lanes.load(lanes + i).max(Lanes.load(lanes + 4 * w + i)), lanes + i);
            }
        }
        FloatVector v = Lanes.load(lanes);
        v = N > 8 ? v.max(v.rearrange(BY_8)) : v;
        v = N > 4 ? v.max(v.rearrange(BY_4)) : v;
        v = v.max(v.rearrange(BY_2));
        return Float.floatToRawIntBits(v.max(v.rearrange(BY_1)).lane(0));
    }
}

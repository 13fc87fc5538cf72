package io.flambeau.data;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The random numbers of the sample that is being read: seeded by seed, epoch and index, whichever worker reads it. */
public final class SampleRandom {
    private static final ScopedValue<RandomGenerator> CURRENT = ScopedValue.newInstance();

    private SampleRandom() {}

    /** The generator of the sample being read by a loader; the thread's own outside of one. */
    public static RandomGenerator current() {
        return CURRENT.isBound() ? CURRENT.get() : ThreadLocalRandom.current();
    }

    static <T> T during(long seed, int epoch, int index, Supplier<? extends T> body) {
        RandomGenerator random = new SplittableRandom(mix(mix(seed, epoch), index));
        return ScopedValue.where(CURRENT, random).call(body::get);
    }

    /** Two numbers as one seed, by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    static long mix(long a, long b) {
        long z = a + 0x9E3779B97F4A7C15L * (b + 1);
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

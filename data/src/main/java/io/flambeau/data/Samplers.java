package io.flambeau.data;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The usual samplers. */
public final class Samplers {
    private Samplers() {}

    /** All samples in order. */
    public static Sampler sequential(int size) {
        return (seed, epoch) -> {
            int[] order = new int[size];
            Arrays.setAll(order, i -> i);
            return order;
        };
    }

    /** All samples in another random order each epoch. */
    public static Sampler random(int size) {
        return (seed, epoch) -> permutation(size, SampleRandom.mix(seed, epoch));
    }

    /** Some samples in another random order each epoch. */
    public static Sampler subsetRandom(int... indices) {
        int[] own = indices.clone();
        return (seed, epoch) -> {
            int[] order = permutation(own.length, SampleRandom.mix(seed, epoch));
            Arrays.setAll(order, i -> own[order[i]]);
            return order;
        };
    }

    /** So many samples, drawn one by one with replacement. */
    public static Sampler withReplacement(int size, int count) {
        return (seed, epoch) -> {
            SplittableRandom random = new SplittableRandom(SampleRandom.mix(seed, epoch));
            int[] order = new int[count];
            Arrays.setAll(order, i -> random.nextInt(size));
            return order;
        };
    }

    /** So many samples, drawn with replacement in proportion to weights that need not add up to 1. */
    public static Sampler weighted(double[] weights, int count) {
        double[] sums = weights.clone();
        for (int i = 0; i < sums.length; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new ArgumentException(
                        "weighted",
                        "weight " + i + " is " + weights[i] + ", not a finite number from 0",
                        Fault.BAD_ARGUMENT);
            }
            sums[i] += i == 0 ? 0 : sums[i - 1];
        }
        if (sums.length == 0 || sums[sums.length - 1] == 0) {
            throw new ArgumentException("weighted", "all weights are 0", Fault.BAD_ARGUMENT);
        }
        return (seed, epoch) -> {
            SplittableRandom random = new SplittableRandom(SampleRandom.mix(seed, epoch));
            int[] order = new int[count];
            Arrays.setAll(order, i -> {
                double at = random.nextDouble() * sums[sums.length - 1];
                int found = Arrays.binarySearch(sums, at);
                int index = found >= 0 ? found + 1 : -found - 1;
                while (weights[index] == 0) {
                    index++;
                }
                return index;
            });
            return order;
        };
    }

    /**
     * This process's share of another sampler's order, of equal length on every process.
     *
     * @param rank this process, from 0
     * @param processes how many there are
     * @param dropLast whether the tail that does not divide is dropped instead of filled up from the start
     */
    public static Sampler distributed(Sampler sampler, int rank, int processes, boolean dropLast) {
        if (rank < 0 || rank >= processes) {
            throw new ArgumentException(
                    "distributed", "rank " + rank + " is not one of " + processes, Fault.BAD_ARGUMENT);
        }
        return (seed, epoch) -> {
            int[] all = sampler.order(seed, epoch);
            int each = dropLast ? all.length / processes : (all.length + processes - 1) / processes;
            int[] order = new int[each];
            Arrays.setAll(order, i -> all[(i * processes + rank) % all.length]);
            return order;
        };
    }

    /** A random order of 0 to before {@code size} (Fisher and Yates; Durstenfeld, 1964). */
    static int[] permutation(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}

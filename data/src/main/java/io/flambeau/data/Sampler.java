package io.flambeau.data;

/** The order in which samples are read, for each epoch. */
@FunctionalInterface
public interface Sampler {
    /** The indices of one epoch; the same for the same seed and epoch. */
    int[] order(long seed, int epoch);
}

package io.flambeau.data;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** Which samples make up which batch, for each epoch. */
@FunctionalInterface
public interface BatchSampler {
    /** The indices of every batch of one epoch; the same for the same seed and epoch. */
    List<int[]> batches(long seed, int epoch);

    /**
     * An order cut into batches of equal size.
     *
     * @param dropLast whether a smaller last batch is left out
     */
    static BatchSampler of(Sampler sampler, int batchSize, boolean dropLast) {
        if (batchSize <= 0) {
            throw new ArgumentException(
                    "BatchSampler", "batchSize " + batchSize + " is not positive", Fault.BAD_ARGUMENT);
        }
        return (seed, epoch) -> {
            int[] order = sampler.order(seed, epoch);
            int whole = order.length / batchSize;
            int size = dropLast || whole * batchSize == order.length ? whole : whole + 1;
            return new AbstractList<>() {
                @Override
                public int[] get(int batch) {
                    int start = batch * batchSize;
                    return Arrays.copyOfRange(order, start, Math.min(order.length, start + batchSize));
                }

                @Override
                public int size() {
                    return size;
                }
            };
        };
    }
}

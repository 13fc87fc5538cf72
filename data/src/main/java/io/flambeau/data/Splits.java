package io.flambeau.data;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a dataset into random parts. */
public final class Splits {
    private Splits() {}

    /**
     * Parts of the given lengths, which add up to the dataset's.
     *
     * @param seed decides which sample goes where
     */
    public static <T> List<Dataset<T>> randomSplit(Dataset<T> dataset, long seed, int... lengths) {
        if (Arrays.stream(lengths).asLongStream().sum() != dataset.size()
                || Arrays.stream(lengths).anyMatch(n -> n < 0)) {
            throw new ArgumentException(
                    "randomSplit",
                    "lengths " + Arrays.toString(lengths) + " do not add up to the dataset's " + dataset.size(),
                    Fault.BAD_ARGUMENT);
        }
        int[] order = Samplers.permutation(dataset.size(), seed);
        List<Dataset<T>> parts = new ArrayList<>();
        int start = 0;
        for (int length : lengths) {
            parts.add(new Subset<>(dataset, Arrays.copyOfRange(order, start, start + length)));
            start += length;
        }
        return parts;
    }

    /** Parts of the given shares, which add up to 1; what rounding leaves over goes to the first parts in turn. */
    public static <T> List<Dataset<T>> randomSplit(Dataset<T> dataset, long seed, double... shares) {
        double total = Arrays.stream(shares).sum();
        if (Math.abs(total - 1) > 1e-9 || Arrays.stream(shares).anyMatch(s -> !(s >= 0))) {
            throw new ArgumentException(
                    "randomSplit", "shares " + Arrays.toString(shares) + " do not add up to 1", Fault.BAD_ARGUMENT);
        }
        int[] lengths = new int[shares.length];
        int left = dataset.size();
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (int) Math.floor(dataset.size() * shares[i]);
            left -= lengths[i];
        }
        for (int i = 0; left > 0; i = (i + 1) % lengths.length, left--) {
            lengths[i]++;
        }
        return randomSplit(dataset, seed, lengths);
    }
}

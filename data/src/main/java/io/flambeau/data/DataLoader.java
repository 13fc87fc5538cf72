package io.flambeau.data;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of a dataset, epoch after epoch, with workers that read ahead.
 *
 * <p>Order and contents depend on the seed, the epoch and the dataset alone, not on the number of workers. The position
 * can be saved in the middle of an epoch and resumed; an iteration that is broken off goes on where it stopped unless
 * {@link #restart} is called.
 *
 * <pre>{@code
 * DataLoader<Tensor[], Batch> loader = DataLoader.of(new TensorDataset(x, y),
 *         DataLoader.options().batchSize(64).shuffle(true).workers(2));
 * for (Batch batch : loader) {
 *     …
 * }
 * }</pre>
 *
 * @param <T> the type of a sample
 * @param <B> the type of a batch
 */
public final class DataLoader<T, B> implements Iterable<B> {
    /**
     * How a loader works.
     *
     * @param batchSize samples in a batch
     * @param shuffle whether the order is random; not together with a sampler
     * @param dropLast whether a smaller last batch is left out
     * @param workers threads that read; 0 reads in the caller's
     * @param prefetch batches that each worker may be ahead
     * @param seed decides the order and the samples' random numbers
     * @param sampler an order of one's own, or null
     */
    public record Options(
            int batchSize,
            boolean shuffle,
            boolean dropLast,
            int workers,
            int prefetch,
            long seed,
            @Nullable Sampler sampler) {
        public Options {
            if (batchSize <= 0 || workers < 0 || prefetch <= 0) {
                throw new ArgumentException(
                        "DataLoader",
                        "batchSize " + batchSize + " and prefetch " + prefetch + " must be positive, workers " + workers
                                + " not negative",
                        Fault.BAD_ARGUMENT);
            }
            if (shuffle && sampler != null) {
                throw new ArgumentException(
                        "DataLoader", "a sampler decides the order; it excludes shuffle", Fault.BAD_ARGUMENT);
            }
        }

        public Options batchSize(int n) {
            return new Options(n, shuffle, dropLast, workers, prefetch, seed, sampler);
        }

        public Options shuffle(boolean on) {
            return new Options(batchSize, on, dropLast, workers, prefetch, seed, sampler);
        }

        public Options dropLast(boolean on) {
            return new Options(batchSize, shuffle, on, workers, prefetch, seed, sampler);
        }

        public Options workers(int n) {
            return new Options(batchSize, shuffle, dropLast, n, prefetch, seed, sampler);
        }

        public Options prefetch(int n) {
            return new Options(batchSize, shuffle, dropLast, workers, n, seed, sampler);
        }

        public Options seed(long n) {
            return new Options(batchSize, shuffle, dropLast, workers, prefetch, n, sampler);
        }

        public Options sampler(Sampler order) {
            return new Options(batchSize, shuffle, dropLast, workers, prefetch, seed, order);
        }
    }

    /** Batches of one sample in order, read in the caller's thread. */
    public static Options options() {
        return new Options(1, false, false, 0, 2, 0, null);
    }

    private final Options options;
    private final Sampler sampler;
    private final Reader<B> reader;
    private int epoch;
    private int position;

    /** Reads the samples at indices as a batch. */
    @FunctionalInterface
    private interface Reader<B> {
        B read(int epoch, int[] indices);
    }

    private DataLoader(int size, Options options, Reader<B> reader) {
        this.options = options;
        this.reader = reader;
        Sampler own = options.sampler;
        this.sampler = own != null ? own : options.shuffle ? Samplers.random(size) : Samplers.sequential(size);
    }

    /** A loader of samples that are arrays of tensors. */
    public static DataLoader<Tensor[], Batch> of(Dataset<Tensor[]> dataset, Options options) {
        if (dataset instanceof TensorDataset tensors) {
            return new DataLoader<>(dataset.size(), options, (epoch, indices) -> tensors.batch(indices));
        }
        return of(dataset, options, Collate::tensors);
    }

    /** A loader with a collate function of one's own, for example {@link Collate#any}. */
    public static <T, B> DataLoader<T, B> of(
            Dataset<T> dataset, Options options, Function<? super List<T>, ? extends B> collate) {
        return new DataLoader<>(dataset.size(), options, (epoch, indices) -> {
            List<T> samples = new ArrayList<>(indices.length);
            for (int index : indices) {
                samples.add(sample(dataset, options.seed, epoch, index));
            }
            return collate.apply(samples);
        });
    }

    private static <T> T sample(Dataset<T> dataset, long seed, int epoch, int index) {
        try {
            return SampleRandom.during(seed, epoch, index, () -> dataset.get(index));
        } catch (RuntimeException e) {
            throw new TensorException(
                    "DataLoader", "sample " + index + " could not be read: " + e.getMessage(), Fault.DATA, e);
        }
    }

    private int batches(int samples) {
        return options.dropLast ? samples / options.batchSize : (samples + options.batchSize - 1) / options.batchSize;
    }

    /** The batches of an epoch. */
    public int size() {
        return batches(sampler.order(options.seed, epoch).length);
    }

    /**
     * The batches of an epoch that are left: all of them, unless a position was loaded or an iteration was broken off.
     * Close an iterator that is not run to its end to stop its workers.
     */
    @Override
    public BatchIterator<B> iterator() {
        int[] order = sampler.order(options.seed, epoch);
        int current = epoch;
        int batches = batches(order.length);
        return new BatchIterator<>(
                batch -> {
                    int start = batch * options.batchSize;
                    int end = Math.min(order.length, start + options.batchSize);
                    return reader.read(current, Arrays.copyOfRange(order, start, end));
                },
                position,
                batches,
                options.workers,
                options.prefetch,
                served -> {
                    position = served == batches ? 0 : served;
                    epoch = served == batches ? current + 1 : current;
                });
    }

    /** Starts the epoch that is under way from its beginning. Returns this loader. */
    public DataLoader<T, B> restart() {
        position = 0;
        return this;
    }

    /** Where the loader stands: numbers that go into a checkpoint. */
    public Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("seed", options.seed);
        state.put("epoch", (long) epoch);
        state.put("position", (long) position);
        return state;
    }

    /**
     * Continues where another loader stood.
     *
     * @throws ArgumentException if that loader had another seed
     */
    public void load(Map<String, ?> state) {
        long seed = number(state, "seed");
        if (seed != options.seed) {
            throw new ArgumentException(
                    "DataLoader", "the saved seed is " + seed + ", this loader's is " + options.seed, Fault.STATE_DICT);
        }
        epoch = Math.toIntExact(number(state, "epoch"));
        position = Math.toIntExact(number(state, "position"));
    }

    private static long number(Map<String, ?> state, String key) {
        if (state.get(key) instanceof Number n) {
            return n.longValue();
        }
        throw new ArgumentException(
                "DataLoader", "the saved state has no number '" + key + "', only " + state.keySet(), Fault.STATE_DICT);
    }
}

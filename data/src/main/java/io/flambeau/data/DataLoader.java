package io.flambeau.data;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
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
     * @param batchSampler batches of one's own, or null; not together with batchSize, shuffle, dropLast or a sampler
     */
    public record Options(
            int batchSize,
            boolean shuffle,
            boolean dropLast,
            int workers,
            int prefetch,
            long seed,
            @Nullable Sampler sampler,
            @Nullable BatchSampler batchSampler) {
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
            if (batchSampler != null && (batchSize != 1 || shuffle || dropLast || sampler != null)) {
                throw new ArgumentException(
                        "DataLoader",
                        "a batchSampler decides the batches; it excludes batchSize " + batchSize
                                + ", shuffle, dropLast and a sampler",
                        Fault.BAD_ARGUMENT);
            }
        }

        public Options batchSize(int n) {
            return new Options(n, shuffle, dropLast, workers, prefetch, seed, sampler, batchSampler);
        }

        public Options shuffle(boolean on) {
            return new Options(batchSize, on, dropLast, workers, prefetch, seed, sampler, batchSampler);
        }

        public Options dropLast(boolean on) {
            return new Options(batchSize, shuffle, on, workers, prefetch, seed, sampler, batchSampler);
        }

        public Options workers(int n) {
            return new Options(batchSize, shuffle, dropLast, n, prefetch, seed, sampler, batchSampler);
        }

        public Options prefetch(int n) {
            return new Options(batchSize, shuffle, dropLast, workers, n, seed, sampler, batchSampler);
        }

        public Options seed(long n) {
            return new Options(batchSize, shuffle, dropLast, workers, prefetch, n, sampler, batchSampler);
        }

        public Options sampler(Sampler order) {
            return new Options(batchSize, shuffle, dropLast, workers, prefetch, seed, order, batchSampler);
        }

        public Options batchSampler(BatchSampler batches) {
            return new Options(batchSize, shuffle, dropLast, workers, prefetch, seed, sampler, batches);
        }

        private BatchSampler batches(int size) {
            if (batchSampler != null) {
                return batchSampler;
            }
            Sampler order = sampler != null ? sampler : shuffle ? Samplers.random(size) : Samplers.sequential(size);
            return BatchSampler.of(order, batchSize, dropLast);
        }
    }

    /** Batches of one sample in order, read in the caller's thread. */
    public static Options options() {
        return new Options(1, false, false, 0, 2, 0, null, null);
    }

    private final Options options;
    private final @Nullable BatchSampler batches;
    private final Epoch.Source<B> source;
    private int epoch;
    private int position;

    private DataLoader(Options options, @Nullable BatchSampler batches, Epoch.Source<B> source) {
        this.options = options;
        this.batches = batches;
        this.source = source;
    }

    /** Reads the samples at indices as a batch. */
    @FunctionalInterface
    private interface Reader<B> {
        B read(int epoch, int[] indices);
    }

    private static <T, B> DataLoader<T, B> indexed(int size, Options options, Reader<B> reader) {
        BatchSampler sampler = options.batches(size);
        return new DataLoader<>(options, sampler, (epoch, first) -> {
            List<int[]> batches = sampler.batches(options.seed, epoch);
            int[] next = {first};
            return () -> {
                if (next[0] >= batches.size()) {
                    return null;
                }
                int[] indices = batches.get(next[0]++);
                return () -> reader.read(epoch, indices);
            };
        });
    }

    /** A loader of samples that are arrays of tensors. */
    public static DataLoader<Tensor[], Batch> of(Dataset<Tensor[]> dataset, Options options) {
        if (dataset instanceof TensorDataset tensors) {
            return indexed(dataset.size(), options, (epoch, indices) -> tensors.batch(indices));
        }
        return of(dataset, options, Collate::tensors);
    }

    /** A loader with a collate function of one's own, for example {@link Collate#any}. */
    public static <T, B> DataLoader<T, B> of(
            Dataset<T> dataset, Options options, Function<? super List<T>, ? extends B> collate) {
        return indexed(dataset.size(), options, (epoch, indices) -> {
            List<T> samples = new ArrayList<>(indices.length);
            for (int index : indices) {
                samples.add(sample(options.seed, epoch, index, () -> dataset.get(index)));
            }
            return collate.apply(samples);
        });
    }

    /**
     * A loader of a stream.
     *
     * @throws ArgumentException if the options ask for an order, which a stream has of its own
     */
    public static <T, B> DataLoader<T, B> of(
            IterableDataset<T> dataset, Options options, Function<? super List<T>, ? extends B> collate) {
        if (options.shuffle || options.sampler != null || options.batchSampler != null) {
            throw new ArgumentException(
                    "DataLoader",
                    "a stream has an order of its own; it excludes shuffle, a sampler and a batchSampler",
                    Fault.BAD_ARGUMENT);
        }
        return new DataLoader<>(
                options, null, (epoch, first) -> new StreamEpoch<>(dataset, options, epoch, first, collate));
    }

    /**
     * A loader of single samples as they are, neither stacked nor put into lists: for datasets that make batches
     * themselves. PyTorch's {@code batch_size=None}.
     *
     * @throws ArgumentException if the options ask for batches
     */
    public static <T> DataLoader<T, T> unbatched(Dataset<T> dataset, Options options) {
        return of(dataset, single(options), List::getFirst);
    }

    /** As {@link #unbatched(Dataset, Options)}, of a stream. */
    public static <T> DataLoader<T, T> unbatched(IterableDataset<T> dataset, Options options) {
        return of(dataset, single(options), List::getFirst);
    }

    private static Options single(Options options) {
        if (options.batchSize != 1 || options.dropLast || options.batchSampler != null) {
            throw new ArgumentException(
                    "DataLoader",
                    "samples that are not put into batches exclude batchSize " + options.batchSize
                            + ", dropLast and a batchSampler",
                    Fault.BAD_ARGUMENT);
        }
        return options;
    }

    static <T> T sample(long seed, int epoch, int index, Supplier<? extends T> body) {
        return naming(index, () -> SampleRandom.during(seed, epoch, index, body));
    }

    /** Runs a body whose errors are those of a sample. */
    static <T> T naming(int index, Supplier<? extends T> body) {
        try {
            return body.get();
        } catch (RuntimeException e) {
            throw new TensorException(
                    "DataLoader", "sample " + index + " could not be read: " + e.getMessage(), Fault.DATA, e);
        }
    }

    /**
     * The batches of an epoch.
     *
     * @throws TensorException if the loader reads a stream, whose end nobody knows before it comes
     */
    public int size() {
        if (batches == null) {
            throw new TensorException("DataLoader", "the number of batches of a stream is not known", Fault.DATA);
        }
        return batches.batches(options.seed, epoch).size();
    }

    /**
     * The batches of an epoch that are left: all of them, unless a position was loaded or an iteration was broken off.
     * Close an iterator that is not run to its end to stop its workers.
     */
    @Override
    public BatchIterator<B> iterator() {
        int current = epoch;
        int[] taken = {position};
        return new BatchIterator<>(source.open(current, position), options, more -> {
            position = more ? ++taken[0] : 0;
            epoch = more ? current : current + 1;
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

package io.flambeau.data;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Samples that come one after another and cannot be asked for by number: lines of a large file, records of a network.
 *
 * {@snippet :
 * IterableDataset<String> lines = epoch -> Text.stream(Path.of("corpus.txt"));
 * for (Object batch : DataLoader.of(lines.map(this::encode), DataLoader.options().batchSize(32).workers(2), Collate::any)) {
 *     …
 * }
 * }
 *
 * <p>Note [Sharing a stream]: there is one stream whatever the number of workers. They take turns at reading it, one
 * batch each, in order; what {@link #map} was given runs in all of them at once. So the order does not depend on their
 * number, and none needs to know its share. Processes that train together do: see {@link #shard}.
 *
 * @param <T> the type of a sample
 */
@FunctionalInterface
public interface IterableDataset<T> {
    /**
     * The samples of an epoch from the first on; the same for the same epoch. One thread at a time reads the stream, not
     * always the same one; it is closed when the epoch is over or broken off.
     */
    Stream<T> samples(int epoch);

    /** The samples before the functions of {@link #map} were applied, each with the rest of the way to go. */
    default Stream<Supplier<T>> deferred(int epoch) {
        return samples(epoch).map(sample -> () -> sample);
    }

    /** This dataset with every sample passed through a function, by the workers, with {@link SampleRandom} at hand. */
    default <R> IterableDataset<R> map(Function<? super T, ? extends R> function) {
        return new MappedStream<>(this, function);
    }

    /**
     * Every so manieth sample, for one of several processes that read the same stream: sample {@code i} goes to process
     * {@code i mod processes}.
     *
     * @param rank this process, from 0
     * @param processes how many there are
     */
    default IterableDataset<T> shard(int rank, int processes) {
        if (rank < 0 || rank >= processes) {
            throw new ArgumentException("shard", "rank " + rank + " is not one of " + processes, Fault.BAD_ARGUMENT);
        }
        return new ShardedStream<>(this, rank, processes);
    }

    /** The samples of several datasets, one dataset after another. */
    static <T> IterableDataset<T> chain(List<? extends IterableDataset<T>> parts) {
        return new ChainedStream<>(List.copyOf(parts));
    }
}

package io.flambeau.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The batches of a stream. */
final class StreamEpoch<T, B> implements Epoch<B> {
    private final Stream<Supplier<T>> stream;
    private final Iterator<Supplier<T>> samples;
    private final DataLoader.Options options;
    private final int epoch;
    private final Function<? super List<T>, ? extends B> collate;
    private int read;

    StreamEpoch(
            IterableDataset<T> dataset,
            DataLoader.Options options,
            int epoch,
            int first,
            Function<? super List<T>, ? extends B> collate) {
        this.stream = dataset.deferred(epoch);
        this.samples = stream.iterator();
        this.options = options;
        this.epoch = epoch;
        this.collate = collate;
        try {
            for (long skip = (long) first * options.batchSize(); skip > 0 && hasNext(); skip--) {
                next();
            }
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private boolean hasNext() {
        return DataLoader.naming(read, samples::hasNext);
    }

    private Supplier<T> next() {
        Supplier<T> sample = DataLoader.naming(read, samples::next);
        int index = read++;
        return () -> DataLoader.sample(options.seed(), epoch, index, sample);
    }

    @Override
    public @Nullable Supplier<B> draw() {
        List<Supplier<T>> drawn = new ArrayList<>(options.batchSize());
        while (drawn.size() < options.batchSize() && hasNext()) {
            drawn.add(next());
        }
        boolean dropped = options.dropLast() && drawn.size() < options.batchSize();
        return drawn.isEmpty() || dropped
                ? null
                : () -> {
                    List<T> made = new ArrayList<>(drawn.size());
                    drawn.forEach(sample -> made.add(sample.get()));
                    return collate.apply(made);
                };
    }

    @Override
    public void close() {
        stream.close();
    }
}

package io.flambeau.data;

import java.util.function.Supplier;
import java.util.stream.Gatherer;
import java.util.stream.Stream;

/** One process's share of a stream. */
record ShardedStream<T>(IterableDataset<T> source, int rank, int processes) implements IterableDataset<T> {
    @Override
    public Stream<T> samples(int epoch) {
        return share(source.samples(epoch));
    }

    @Override
    public Stream<Supplier<T>> deferred(int epoch) {
        return share(source.deferred(epoch));
    }

    private <E> Stream<E> share(Stream<E> all) {
        return all.gather(Gatherer.<E, long[], E>ofSequential(
                () -> new long[1], (count, sample, next) -> count[0]++ % processes != rank || next.push(sample)));
    }
}

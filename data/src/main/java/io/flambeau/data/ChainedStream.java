package io.flambeau.data;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Streams one after another; each is opened when the one before it is over. */
record ChainedStream<T>(List<IterableDataset<T>> parts) implements IterableDataset<T> {
    @Override
    public Stream<T> samples(int epoch) {
        return parts.stream().flatMap(part -> part.samples(epoch));
    }

    @Override
    public Stream<Supplier<T>> deferred(int epoch) {
        return parts.stream().flatMap(part -> part.deferred(epoch));
    }
}

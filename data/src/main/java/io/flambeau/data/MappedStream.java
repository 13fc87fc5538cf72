package io.flambeau.data;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A stream whose samples pass through a function when they are made, not when they are read. */
record MappedStream<S, T>(IterableDataset<S> source, Function<? super S, ? extends T> function)
        implements IterableDataset<T> {
    @Override
    public Stream<T> samples(int epoch) {
        return source.samples(epoch).map(function);
    }

    @Override
    public Stream<Supplier<T>> deferred(int epoch) {
        return source.deferred(epoch).map(sample -> () -> function.apply(sample.get()));
    }
}

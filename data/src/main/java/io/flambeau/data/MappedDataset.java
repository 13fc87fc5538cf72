package io.flambeau.data;

import java.util.function.Function;

/** A dataset whose samples pass through a function when they are read. */
record MappedDataset<S, T>(Dataset<S> source, Function<? super S, ? extends T> function) implements Dataset<T> {
    @Override
    public int size() {
        return source.size();
    }

    @Override
    public T get(int index) {
        return function.apply(source.get(index));
    }
}

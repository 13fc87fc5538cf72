package io.flambeau.data;

import java.util.List;

/** The elements of a list as samples. */
record ListDataset<T>(List<T> samples) implements Dataset<T> {
    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public T get(int index) {
        return samples.get(index);
    }
}

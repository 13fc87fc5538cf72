package io.flambeau.data;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;

/** Some samples of a dataset, in an order of their own. */
public final class Subset<T> implements Dataset<T> {
    private final Dataset<T> source;
    private final int[] indices;

    /**
     * @throws IndexException if an index lies outside the dataset
     */
    public Subset(Dataset<T> source, int... indices) {
        for (int index : indices) {
            if (index < 0 || index >= source.size()) {
                throw new IndexException(
                        "Subset", "index " + index + " lies outside a dataset of " + source.size(), Fault.INDEX_RANGE);
            }
        }
        this.source = source;
        this.indices = indices.clone();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public T get(int index) {
        return source.get(indices[index]);
    }
}

package io.flambeau.data;

import java.util.List;

/** Datasets one after another. */
public final class ConcatDataset<T> implements Dataset<T> {
    private final List<Dataset<T>> parts;
    private final int[] ends;

    public ConcatDataset(List<? extends Dataset<T>> parts) {
        this.parts = List.copyOf(parts);
        this.ends = new int[parts.size()];
        int total = 0;
        for (int i = 0; i < ends.length; i++) {
            total = Math.addExact(total, parts.get(i).size());
            ends[i] = total;
        }
    }

    @Override
    public int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    @Override
    public T get(int index) {
        int part = 0;
        while (index >= ends[part]) {
            part++;
        }
        return parts.get(part).get(part == 0 ? index : index - ends[part - 1]);
    }
}

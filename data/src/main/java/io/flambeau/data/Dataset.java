package io.flambeau.data;

import java.util.List;
import java.util.function.Function;

/**
 * Samples that can be reached by index.
 *
 * <p>{@link #get} may be called by several threads at once. What is random in it should draw from
 * {@link SampleRandom#current()}, which is seeded by the sample, so that results do not depend on the number of workers.
 *
 * @param <T> the type of a sample
 */
public interface Dataset<T> {
    /** The number of samples. */
    int size();

    /** The sample at an index from 0. */
    T get(int index);

    /**
     * The elements of a list as samples.
     *
     * <pre>{@code Dataset<String> lines = Dataset.of(Text.lines(Path.of("names.txt")));}</pre>
     */
    static <T> Dataset<T> of(List<T> samples) {
        return new ListDataset<>(List.copyOf(samples));
    }

    /** This dataset with every sample passed through a function when it is read. */
    default <R> Dataset<R> map(Function<? super T, ? extends R> function) {
        return new MappedDataset<>(this, function);
    }
}

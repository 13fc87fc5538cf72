package io.flambeau.data;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches of an epoch in two steps, so that workers keep their order: they are drawn by one thread at a time, and
 * made by whoever drew them.
 */
interface Epoch<B> extends AutoCloseable {
    /** Where an epoch begins, at a batch of it. */
    @FunctionalInterface
    interface Source<B> {
        Epoch<B> open(int epoch, int first);
    }

    /** The next batch, still to be made; null at the end. */
    @Nullable Supplier<B> draw();

    @Override
    default void close() {}
}

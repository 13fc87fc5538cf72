package io.flambeau.io.internal;

import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A stream of what a reader gives, one thing after another. */
public final class Pull {
    private Pull() {}

    /** @param next gives the next element, null at the end */
    public static <T> Stream<T> stream(Supplier<@Nullable T> next, Runnable close) {
        return StreamSupport.stream(
                        new AbstractSpliterator<T>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                            @Override
                            public boolean tryAdvance(Consumer<? super T> action) {
                                T element = next.get();
                                if (element != null) {
                                    action.accept(element);
                                }
                                return element != null;
                            }
                        },
                        false)
                .onClose(close);
    }
}

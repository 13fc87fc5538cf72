package io.flambeau.io.internal.pickle;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A Python tuple: a list that never changes, told apart from lists because only tuples are arguments. */
public final class Tuple extends AbstractList<@Nullable Object> implements RandomAccess {
    public static final Tuple EMPTY = new Tuple(new Object[0]);

    private final @Nullable Object[] items;

    private Tuple(@Nullable Object[] items) {
        this.items = items;
    }

    public static Tuple of(@Nullable Object... items) {
        return new Tuple(items.clone());
    }

    public static Tuple copyOf(List<? extends @Nullable Object> items) {
        return new Tuple(items.toArray());
    }

    @Override
    public @Nullable Object get(int index) {
        return items[index];
    }

    @Override
    public int size() {
        return items.length;
    }
}

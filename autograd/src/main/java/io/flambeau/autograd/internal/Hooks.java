package io.flambeau.autograd.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What users have registered to be called, in order; each handle removes its own, once. */
final class Hooks<T> {
    /** The same function may be registered twice, so that each registration has an identity of its own. */
    private static final class Entry<T> {
        final T function;

        Entry(T function) {
            this.function = function;
        }
    }

    private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();

    Runnable add(T function) {
        Entry<T> entry = new Entry<>(function);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    List<T> all() {
        return entries.stream().map(e -> e.function).toList();
    }
}

package io.flambeau.backend.cpu.internal.fourier;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/** What was computed for lengths, up to so many bytes; beyond them it starts anew. */
final class Cache<T> {
    private static final long BUDGET = 64 << 20;

    private final ConcurrentHashMap<Integer, T> made = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final IntFunction<T> make;
    private final ToLongFunction<T> bytes;

    Cache(IntFunction<T> make, ToLongFunction<T> bytes) {
        this.make = make;
        this.bytes = bytes;
    }

    T of(int n) {
        T found = made.get(n);
        if (found == null) {
            found = make.apply(n);
            long size = bytes.applyAsLong(found);
            if (kept.addAndGet(size) > BUDGET) {
                made.clear();
                kept.set(size);
            }
            made.put(n, found);
        }
        return found;
    }
}

package io.flambeau.tensor.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of one device may be live outside of scopes before the collector is asked for the dead ones: twice
 * what was live after the last time.
 */
final class Budget {
    private static final long FLOOR = 512L << 20;

    private final AtomicLong live = new AtomicLong();
    private volatile long limit = FLOOR;

    /** Counts bytes in, and says whether they exceed the budget. */
    boolean exceededBy(long bytes) {
        return live.addAndGet(bytes) > limit;
    }

    /** Counts bytes out. */
    void leave(long bytes) {
        live.addAndGet(-bytes);
    }

    /** Sets the budget by what a collection has left. */
    void renew() {
        limit = Math.max(FLOOR, 2 * live.get());
    }
}

package io.flambeau.tensor.spi;

/** A reference whose referent is gone, as the queue of {@link Lease} gives it. */
interface Dead {
    /** Returns what the referent had, by way of the thread that found it. */
    void settle(Local heir);
}

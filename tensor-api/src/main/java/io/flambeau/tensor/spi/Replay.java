package io.flambeau.tensor.spi;

/** Recorded work of a device. */
public interface Replay extends AutoCloseable {
    /** Queues all of it, behind what was asked of the device before. */
    void queue();

    /** Gives back what it needs; work that is queued is still done. */
    @Override
    void close();
}

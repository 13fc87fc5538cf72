package io.flambeau.tensor.spi;

/** What one thread asks of a device from now on: recorded instead of done, until it is ended or abandoned. */
public interface Capture {
    /** Ends it; what was asked can then be done again and again. */
    Replay end();

    /** Ends it and forgets what was asked. Never throws. */
    void abandon();
}

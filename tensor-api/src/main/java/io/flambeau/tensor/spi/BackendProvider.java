package io.flambeau.tensor.spi;

/**
 * A backend as {@link java.util.ServiceLoader} finds it: cheap to make, never throws, and loads no native class before
 * it knows that the library is there.
 */
public interface BackendProvider {
    /** The version of this interface, raised when a method is added or changes its meaning. */
    int SPI_VERSION = 1;

    /** The name of its devices, for example {@code cuda}. */
    String name();

    /** The default device is the first of the usable backend with the highest priority. */
    int priority();

    /** The version of the interface it was written for. */
    default int spiVersion() {
        return SPI_VERSION;
    }

    /** Whether it can be used here, and if not, why not and what to do. */
    Probe probe();

    /** Opens the backend; called once, only after {@link #probe} found it available. */
    Backend open();
}

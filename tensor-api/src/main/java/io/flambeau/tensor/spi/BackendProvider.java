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

    /**
     * {@link io.flambeau.tensor.Device#best} is the first device of the usable backend with the highest priority. One
     * with a negative priority is used only when somebody names it.
     */
    int priority();

    /**
     * Whether its devices have memory of their own, to which data must be sent. The default device is an accelerator
     * only where there is nothing else, as in PyTorch: programs say {@code to(device)}.
     */
    default boolean isAccelerator() {
        return false;
    }

    /**
     * Which of its devices {@link io.flambeau.tensor.Device#best} may take; -1 if none is better than the processor. Asked
     * only after {@link #probe} found it available.
     */
    default int bestDevice() {
        return 0;
    }

    /** The version of the interface it was written for. */
    default int spiVersion() {
        return SPI_VERSION;
    }

    /** Whether it can be used here, and if not, why not and what to do. */
    Probe probe();

    /** Opens the backend; called once, only after {@link #probe} found it available. */
    Backend open();
}

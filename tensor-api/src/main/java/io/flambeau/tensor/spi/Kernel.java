package io.flambeau.tensor.spi;

/** A registered implementation of a derived or host operation on one backend. */
@FunctionalInterface
public interface Kernel {
    /**
     * Computes the outputs.
     *
     * @param inputs the inputs, in the layouts that {@link #layouts} allows
     * @param outputs contiguous views of the inferred specs, not initialised; or the caller's destinations
     */
    void run(View[] inputs, View[] outputs);

    /** Which layouts of inputs it takes; others are packed first. */
    default Layouts layouts() {
        return Layouts.CONTIGUOUS;
    }
}

package io.flambeau.cli.bench;

import java.util.Optional;
import java.util.function.Supplier;

/** A library whose work this process can measure: Flambeau, or another that {@link Serve} is started with. */
public interface Library {
    /** Its name, with a version where that is not this build's. */
    String title();

    /** Makes the work of this name, if the library has it; once, when its row begins. */
    Optional<Supplier<Workload>> work(String name);

    /** Waits until all that was asked for is done. */
    default void synchronize() {}
}

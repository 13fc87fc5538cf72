package io.flambeau.tensor;

import io.flambeau.tensor.internal.Recorder;
import io.flambeau.tensor.spi.Modes;

/**
 * Finds out where the time goes, by operation and by line.
 *
 * <pre>{@code
 * Profile profile = Profiler.of(() -> step());
 * System.out.println(profile.table());
 * ChromeTrace.write(profile, Path.of("trace.json"));      // for chrome://tracing, in flambeau-io
 * }</pre>
 *
 * Operations that a device runs later are measured as the time of their launch. Each call costs some microseconds more
 * than without; unlike {@code io.flambeau.Operation} events of Java's flight recorder, which cost nothing while off.
 */
public final class Profiler {
    private Profiler() {}

    /** Runs the work and says what its operations took, those of threads that inherit its modes included. */
    public static Profile of(Runnable work) {
        Recorder recorder = Recorder.over(Modes.current());
        Modes.current().with(recorder).run(work);
        return recorder.profile();
    }
}

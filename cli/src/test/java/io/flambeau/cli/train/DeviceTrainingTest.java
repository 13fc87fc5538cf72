package io.flambeau.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.spi.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a device: what it takes and waits for, once its second step was done. */
class DeviceTrainingTest {
    private static final int FEW = 2;
    private static final int MORE = 6;

    @TempDir
    private Path folder;

    @Test
    void aStepTakesNothingNewAndWaitsOnce() {
        if (new CountedProvider().probe() instanceof Probe.Unavailable why) {
            if (Boolean.parseBoolean(System.getenv("FLAMBEAU_REQUIRE_OPENCL"))) {
                throw new AssertionError("FLAMBEAU_REQUIRE_OPENCL is set, but OpenCL cannot be used: " + why);
            }
            Assumptions.abort("skipped, there is no OpenCL device: " + why);
        }
        train(MORE);
        String few = train(FEW);
        String more = train(MORE);
        long steps = MORE - FEW;
        assertThat(count(more, 'W') - count(few, 'W')).as("waits").isEqualTo(steps);
        // Before, a run may take what the collector has not returned yet from the run before it.
        String afterTwoWaits = more.substring(more.indexOf('W', more.indexOf('W') + 1));
        assertThat(count(afterTwoWaits, 'A')).as("blocks taken: %s", more).isZero();
    }

    private static long count(String events, char kind) {
        return events.chars().filter(each -> each == kind).count();
    }

    /** What happened in a run of so many steps, its checkpoint included. */
    private String train(int steps) {
        CountedProvider.EVENTS.setLength(0);
        Settings settings = new Settings(null, 1, 32, 0.003, 0, 5, folder.resolve("run" + steps), null, 0, steps);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Tensors.withDevice(new Device(CountedProvider.NAME, 0), () -> {
            try {
                return new Training(settings, Digits.drawn(320, 40), nowhere).run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return CountedProvider.EVENTS.toString();
    }
}

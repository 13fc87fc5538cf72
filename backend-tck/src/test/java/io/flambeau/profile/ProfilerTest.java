package io.flambeau.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Profile;
import io.flambeau.tensor.Profiler;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What profiles and the flight recorder see; never how long it took. */
class ProfilerTest {
    private static final Device DEVICE = new Device("reference", 0);

    private final Tensor x = Tensors.withDevice(DEVICE, () -> Tensors.ones(4, 2));

    private static Profile.Total named(List<Profile.Total> totals, String name) {
        return totals.stream()
                .filter(total -> total.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + totals));
    }

    @Test
    void countsCallsAndBytesByOperation() {
        Profile profile = Profiler.of(() -> {
            for (int i = 0; i < 3; i++) {
                x.add(x);
            }
            x.exp();
        });
        assertThat(named(profile.operations(), "add").calls()).isEqualTo(3);
        assertThat(named(profile.operations(), "add").bytes()).isEqualTo(3 * 8 * 4);
        assertThat(named(profile.operations(), "exp").calls()).isEqualTo(1);
        assertThat(profile.spans()).hasSize(4);
        assertThat(profile.table()).contains("add", "exp", "ProfilerTest.java:");
    }

    @Test
    void countsInPlaceWritesToo() {
        Profile profile = Profiler.of(() -> x.add_(1));
        assertThat(profile.spans()).hasSize(1);
        assertThat(profile.spans().getFirst().bytes()).isEqualTo(8 * 4);
    }

    @Test
    void sumsByLine() {
        Profile profile = Profiler.of(() -> {
            x.mul(x).add(x);
            x.sub(x);
        });
        assertThat(profile.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.name()).contains("ProfilerTest.java:"));
        assertThat(profile.lines().stream().mapToLong(Profile.Total::calls)).containsExactlyInAnyOrder(2L, 1L);
    }

    @Test
    void theTimeOfPartsIsNotCountedTwice() {
        Profile profile = Profiler.of(() -> x.softmax(1));
        long all = profile.operations().stream().mapToLong(Profile.Total::nanos).sum();
        long outermost =
                profile.spans().stream().mapToLong(Profile.Span::nanos).max().orElseThrow();
        assertThat(profile.spans()).hasSizeGreaterThan(1);
        assertThat(all).isEqualTo(outermost);
    }

    @Test
    void whatFailsIsCountedAndStillFails() {
        Tensor y = Tensors.withDevice(DEVICE, () -> Tensors.ones(3, 3));
        assertThatThrownBy(() -> Profiler.of(() -> x.matmul(y))).isInstanceOf(ShapeException.class);
    }

    @Test
    void theFlightRecorderSeesOperationsAndAllocations(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("flight.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.flambeau.Operation").withoutThreshold();
            recording.enable("io.flambeau.Allocation");
            recording.start();
            x.add(x);
            recording.stop();
            recording.dump(file);
        }
        assertThat(Files.size(file)).isPositive();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .anyMatch(event -> event.getEventType().getName().equals("io.flambeau.Operation")
                        && event.getString("operation").equals("add")
                        && event.getLong("bytes") == 8 * 4)
                .anyMatch(event -> event.getEventType().getName().equals("io.flambeau.Allocation")
                        && event.getString("operation").equals("add")
                        && event.getLong("bytes") >= 8 * 4);
    }
}

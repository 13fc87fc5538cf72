package io.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderWaitEventTest {
    /** One sample, which is ready only once the thread that wants it waits. */
    private static Dataset<Tensor[]> late(Thread reader) {
        return new Dataset<>() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Tensor[] get(int index) {
                while (Thread.currentThread() != reader && reader.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                return new Tensor[] {Tensors.scalar(1.0)};
            }
        };
    }

    private static List<RecordedEvent> recorded(Path folder, int workers) throws IOException {
        Path file = folder.resolve("flight.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.flambeau.LoaderWait").withoutThreshold();
            recording.start();
            for (Batch batch : DataLoader.of(
                    late(Thread.currentThread()), DataLoader.options().workers(workers))) {
                assertThat(batch.get(0).item()).isEqualTo(1);
            }
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("io.flambeau.LoaderWait"))
                .toList();
    }

    @Test
    void aWaitForAWorkerIsAnEvent(@TempDir Path folder) throws IOException {
        assertThat(recorded(folder, 1)).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getDuration()).isPositive();
            assertThat(event.getThread().getJavaThreadId())
                    .isEqualTo(Thread.currentThread().threadId());
        });
    }

    @Test
    void whoReadsItselfDoesNotWait(@TempDir Path folder) throws IOException {
        assertThat(recorded(folder, 0)).isEmpty();
    }
}

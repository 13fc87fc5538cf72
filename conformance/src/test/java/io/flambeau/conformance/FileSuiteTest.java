package io.flambeau.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.io.Npy;
import io.flambeau.io.Safetensors;
import io.flambeau.io.TorchFile;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSuiteTest {
    private static final Device REFERENCE = Device.of("reference");

    @TempDir
    private Path folder;

    private static List<Outcome> run(Path golden) throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        Conformance.run(golden, REFERENCE, "", outcomes::add);
        return outcomes;
    }

    @Test
    void everyGoldenFileReadsAsExpected() throws IOException, InterruptedException {
        List<Outcome> outcomes = run(TestData.require("golden/files"));
        assertThat(outcomes).hasSizeGreaterThanOrEqualTo(17).allMatch(o -> o.status() == Outcome.Status.PASSED);
    }

    @Test
    void noticesWhatDiffers() throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve("files/own"));
        Tensors.withDevice(REFERENCE, () -> {
            Tensor x = Tensors.of(new float[] {1, 2, 3}, 3);
            Safetensors.save(place.resolve("expected.safetensors"), Map.of("same", x, "other", x, "shape", x));
            Npy.save(place.resolve("same.npy"), x);
            Npy.save(place.resolve("other.npy"), Tensors.of(new float[] {1, 2, 4}, 3));
            Npy.save(place.resolve("shape.npy"), Tensors.of(new float[] {1, 2, 3}, 1, 3));
            Npy.save(place.resolve("unknown.npy"), x);
            TorchFile.save(place.resolve("nested.pt"), Map.of("model", Map.of("same", x, "other", x, "shape", x)));
            return x;
        });
        Files.writeString(place.resolve("junk.pt"), "junk");
        assertThat(run(folder).stream().map(o -> o.id() + " " + o.status() + " " + o.reason()))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("files.junk.pt FAILED TorchFile.load: "),
                        line -> assertThat(line).isEqualTo("files.nested.pt PASSED "),
                        line -> assertThat(line).isEqualTo("files.other.npy FAILED other: element 2 differs"),
                        line -> assertThat(line).isEqualTo("files.same.npy PASSED "),
                        line -> assertThat(line)
                                .startsWith("files.shape.npy FAILED shape: expected float32[3] and read"),
                        line -> assertThat(line).startsWith("files.unknown.npy FAILED no file beside it"));
    }
}

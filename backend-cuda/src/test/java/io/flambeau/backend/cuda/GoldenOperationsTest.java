package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.conformance.Conformance;
import io.flambeau.conformance.Outcome;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Golden calls give PyTorch's results and gradients on a driver without a GPU, or are refused as PyTorch does. */
class GoldenOperationsTest {
    private static final int SEED = 20261120;

    @Test
    void aTenthOfTheOperationsAgreesWithPyTorch() throws Exception {
        Path place = TestData.require("golden/ops");
        Device device = FakeCuda.device();
        List<String> operations = operations(place);
        Collections.shuffle(operations, new Random(SEED));
        for (String operation : operations.subList(0, operations.size() / 10)) {
            check(place, device, operation);
        }
    }

    @Test
    @Tag("full")
    void allOperationsAgreeWithPyTorch() throws Exception {
        check(TestData.require("golden/ops"), FakeCuda.device(), "");
    }

    private static List<String> operations(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return new ArrayList<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .sorted()
                    .toList());
        }
    }

    private static void check(Path place, Device device, String filter) throws Exception {
        List<Outcome> failed = new ArrayList<>();
        Conformance.run(place, device, filter, outcome -> {
            if (outcome.status() == Outcome.Status.FAILED) {
                failed.add(outcome);
            }
        });
        assertThat(failed).isEmpty();
    }
}

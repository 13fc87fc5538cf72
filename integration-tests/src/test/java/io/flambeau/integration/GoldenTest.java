package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.conformance.Conformance;
import io.flambeau.conformance.Outcome;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every golden call of an operation gives PyTorch's result and gradients on the CPU, or is refused as PyTorch does; so
 * do modules and optimizers, and whole training runs follow PyTorch's losses.
 */
class GoldenTest {
    private static final String EXTENSION = ".safetensors";

    @ParameterizedTest
    @ValueSource(strings = {"golden/ops", "golden/modules", "golden/optim", "golden/files/train"})
    void theCpuAgreesWithPyTorch(String place) throws Exception {
        List<Outcome> failed = new ArrayList<>();
        int[] passed = {0};
        int[] all = {0};
        Conformance.run(TestData.require(place), Device.of("cpu"), "", outcome -> {
            all[0]++;
            passed[0] += outcome.status() == Outcome.Status.PASSED ? 1 : 0;
            if (outcome.status() == Outcome.Status.FAILED) {
                failed.add(outcome);
            }
        });
        assertThat(failed).isEmpty();
        assertThat(passed[0]).as("passed of %d", all[0]).isGreaterThan(all[0] * 99 / 100);
    }

    /** On OpenCL a tenth of the operations, drawn with a seed; all of them where long tests run. */
    @Test
    void openClAgreesWithPyTorch() throws Exception {
        runOnOpenCl(0.1);
    }

    @Tag("full")
    @Test
    void openClAgreesWithPyTorchEverywhere() throws Exception {
        runOnOpenCl(1);
    }

    private static void runOnOpenCl(double share) throws Exception {
        String problem = DeviceReport.all().stream()
                .filter(report -> report.backend().equals("opencl"))
                .map(DeviceReport::problem)
                .findFirst()
                .orElse("the backend is missing");
        if (!problem.isEmpty()) {
            assertThat(System.getenv("FLAMBEAU_REQUIRE_OPENCL")).as(problem).isNotEqualTo("true");
            Assumptions.abort("skipped, there is no OpenCL device: " + problem);
        }
        List<Outcome> failed = new ArrayList<>();
        int[] passed = {0};
        Random random = new Random(20261120);
        Path operations = TestData.require("golden/ops");
        for (String operation : operations(operations)) {
            if (random.nextDouble() < share) {
                Conformance.run(operations, Device.of("opencl:0"), operation, outcome -> {
                    passed[0] += outcome.status() == Outcome.Status.PASSED ? 1 : 0;
                    if (outcome.status() == Outcome.Status.FAILED) {
                        failed.add(outcome);
                    }
                });
            }
        }
        assertThat(failed).isEmpty();
        assertThat(passed[0]).isGreaterThan((int) (8_000 * share));
    }

    private static List<String> operations(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        }
    }
}

package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.conformance.Conformance;
import io.flambeau.conformance.Outcome;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every golden call of an operation gives PyTorch's result and gradients on the CPU, or is refused as PyTorch does; so
 * do modules and optimizers, and whole training runs follow PyTorch's losses.
 */
class GoldenTest {
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

    /** On OpenCL a tenth of the files, drawn with a seed; all of them, and training runs, where long tests run. */
    @ParameterizedTest
    @CsvSource({"golden/ops, 800", "golden/modules, 60", "golden/optim, 1"})
    void openClAgreesWithPyTorch(String place, int least) throws Exception {
        runOnOpenCl(place, 0.1, least);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"golden/ops, 8000", "golden/modules, 1400", "golden/optim, 60", "golden/files/train, 5"})
    void openClAgreesWithPyTorchEverywhere(String place, int least) throws Exception {
        runOnOpenCl(place, 1, least);
    }

    private static void runOnOpenCl(String place, double share, int least) throws Exception {
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
        Conformance.run(
                TestData.require(place), Device.of("opencl:0"), "", file -> random.nextDouble() < share, outcome -> {
                    passed[0] += outcome.status() == Outcome.Status.PASSED ? 1 : 0;
                    if (outcome.status() == Outcome.Status.FAILED) {
                        failed.add(outcome);
                    }
                });
        assertThat(failed).isEmpty();
        assertThat(passed[0]).isGreaterThanOrEqualTo(least);
    }
}

package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.conformance.Conformance;
import io.flambeau.conformance.Outcome;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every golden call of an operation gives PyTorch's result and gradients on the CPU, or is refused as PyTorch does. */
class GoldenOperationsTest {
    @Test
    void theCpuAgreesWithPyTorch() throws Exception {
        Path operations = TestData.require("golden/ops");
        List<Outcome> failed = new ArrayList<>();
        int[] passed = {0};
        int[] all = {0};
        Conformance.run(operations, Device.of("cpu"), "", outcome -> {
            all[0]++;
            passed[0] += outcome.status() == Outcome.Status.PASSED ? 1 : 0;
            if (outcome.status() == Outcome.Status.FAILED) {
                failed.add(outcome);
            }
        });
        assertThat(failed).isEmpty();
        assertThat(passed[0]).as("passed of %d", all[0]).isGreaterThan(all[0] * 99 / 100);
    }
}

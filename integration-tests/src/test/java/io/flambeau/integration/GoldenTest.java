package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.conformance.Conformance;
import io.flambeau.conformance.Outcome;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
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
}

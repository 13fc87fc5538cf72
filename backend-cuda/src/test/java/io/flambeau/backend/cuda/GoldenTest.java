package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.conformance.Conformance;
import io.flambeau.conformance.Outcome;
import io.flambeau.tck.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Golden calls, modules, optimizers and training runs give PyTorch's results and gradients on a driver without a GPU, or
 * are refused as PyTorch does.
 */
class GoldenTest {
    private static final int SEED = 20261120;

    @ParameterizedTest
    @CsvSource({"golden/ops, 800", "golden/modules, 60", "golden/optim, 1"})
    void aTenthOfTheFilesAgreesWithPyTorch(String place, int least) throws Exception {
        check(place, 0.1, least);
    }

    @ParameterizedTest
    @Tag("full")
    @CsvSource({"golden/ops, 8000", "golden/modules, 1400", "golden/optim, 60", "golden/files/train, 5"})
    void allAgreesWithPyTorch(String place, int least) throws Exception {
        check(place, 1, least);
    }

    private static void check(String place, double share, int least) throws Exception {
        Random random = new Random(SEED);
        List<Outcome> failed = new ArrayList<>();
        int[] passed = {0};
        Conformance.run(
                TestData.require(place), FakeCuda.device(), "", file -> random.nextDouble() < share, outcome -> {
                    passed[0] += outcome.status() == Outcome.Status.PASSED ? 1 : 0;
                    if (outcome.status() == Outcome.Status.FAILED) {
                        failed.add(outcome);
                    }
                });
        assertThat(failed).isEmpty();
        assertThat(passed[0]).isGreaterThanOrEqualTo(least);
    }
}

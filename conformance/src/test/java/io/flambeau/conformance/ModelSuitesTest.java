package io.flambeau.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.nn.catalog.ModuleCatalog;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules, optimizers, schedules and training runs against PyTorch's, on the reference backend. */
class ModelSuitesTest {
    private static List<Outcome> run(Path golden, String filter) throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        Conformance.run(golden, Device.of("reference"), filter, outcomes::add);
        return outcomes;
    }

    @ParameterizedTest
    @CsvSource({"golden/modules, 1400", "golden/optim, 60", "golden/lr_scheduler.json, 10", "golden/files/train, 5"})
    void everyCaseIsAsInPyTorch(String place, int least) throws IOException, InterruptedException {
        assertThat(run(TestData.require(place), ""))
                .hasSizeGreaterThanOrEqualTo(least)
                .allMatch(outcome -> outcome.status() == Outcome.Status.PASSED);
    }

    @Test
    void runsFromAnyFolderOnTheWay() throws IOException, InterruptedException {
        Path golden = TestData.require("golden");
        for (String place : List.of("", "files", "files/train")) {
            assertThat(run(golden.resolve(place), "xor"))
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.id()).isEqualTo("train.xor"))
                    .matches(outcome -> outcome.status() == Outcome.Status.PASSED);
        }
    }

    @Test
    void everyGoldenModuleIsInTheCatalogue() throws IOException {
        List<Path> files = new ModuleSuite().files(TestData.require("golden/modules"), "");
        assertThat(files)
                .hasSizeGreaterThan(100)
                .allSatisfy(file -> assertThat(ModuleCatalog.all())
                        .containsKey(file.getFileName().toString().replace(".safetensors", "")));
    }
}

package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tck.TestData;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What NumPy and PyTorch wrote reads equal to what stands beside it. */
class GoldenFilesTest {
    static void assertSame(Tensor actual, Tensor expected) {
        assertThat(actual.dtype()).isEqualTo(expected.dtype());
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.toByteArray()).isEqualTo(expected.toByteArray());
    }

    static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, tensor) -> assertSame(actual.get(name), tensor));
    }

    @Test
    void readsEveryNpyFile() throws IOException {
        Path folder = TestData.require("golden/files/numpy");
        Map<String, Tensor> expected = Safetensors.load(folder.resolve("expected.safetensors"));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> arrays =
                    files.filter(file -> file.toString().endsWith(".npy")).toList();
            assertThat(arrays).hasSizeGreaterThan(10);
            for (Path file : arrays) {
                assertSame(
                        Npy.load(file),
                        expected.get(file.getFileName().toString().replace(".npy", "")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all.npz", "all_compressed.npz"})
    void readsNpzFiles(String name) {
        Path folder = TestData.require("golden/files/numpy");
        assertSame(Npz.load(folder.resolve(name)), Safetensors.load(folder.resolve("expected.safetensors")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet_state_dict.pt", "lenet_legacy_format.pt"})
    void readsStateDicts(String name) {
        Path folder = TestData.require("golden/files/pt");
        assertSame(
                TorchFile.loadStateDict(folder.resolve(name)),
                Safetensors.load(folder.resolve("lenet_expected.safetensors")));
    }

    @Test
    void readsViewsSharedStoragesAndAllDtypes() {
        Path folder = TestData.require("golden/files/pt");
        Map<String, Tensor> tensors = TorchFile.loadStateDict(folder.resolve("views_and_dtypes.pt"));
        Map<String, Tensor> expected = Safetensors.load(folder.resolve("views_and_dtypes_expected.safetensors"));
        assertSame(tensors, expected);
        assertThat(tensors.get("view").strides()).containsExactly(8, 2);
        assertThat(tensors.get("transposed").sharesMemory(tensors.get("shared_a")))
                .isTrue();
        assertThat(tensors.get("transposed").sharesMemory(tensors.get("param"))).isFalse();
    }

    @Test
    void readsACheckpointWithItsOptimizer() {
        Path folder = TestData.require("golden/files/pt");
        Map<?, ?> checkpoint = (Map<?, ?>) TorchFile.load(folder.resolve("checkpoint.pt"));
        assertThat(checkpoint.get("epoch")).isEqualTo(3L);
        assertThat(checkpoint.get("best")).isEqualTo(0.5);
        assertThat(checkpoint.get("name")).isEqualTo("lenet");
        Map<String, Tensor> expected = Safetensors.load(folder.resolve("lenet_expected.safetensors"));
        Map<?, ?> model = (Map<?, ?>) checkpoint.get("model");
        assertThat(model).hasSameSizeAs(expected);
        expected.forEach((name, tensor) -> assertSame((Tensor) model.get(name), tensor));
        Map<?, ?> optimizer = (Map<?, ?>) checkpoint.get("optimizer");
        Map<?, ?> group = (Map<?, ?>) ((List<?>) optimizer.get("param_groups")).getFirst();
        assertThat(group.get("lr")).isEqualTo(0.001);
        assertThat(group.get("betas")).isEqualTo(List.of(0.9, 0.999));
        assertThat(group.get("foreach")).isNull();
        assertThat((Map<?, ?>) optimizer.get("state")).hasSize(12);
        Map<?, ?> first = (Map<?, ?>) ((Map<?, ?>) optimizer.get("state")).get(0L);
        assertSame(
                ((Tensor) first.get("exp_avg")).shape(),
                expected.get("conv1.weight").shape());
    }

    private static void assertSame(Object actual, Object expected) {
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void readsEveryTrainingRun() throws IOException {
        try (Stream<Path> files = Files.list(TestData.require("golden/files/train"))) {
            for (Path file : files.toList()) {
                try (SafetensorsFile run = Safetensors.open(file)) {
                    assertThat(run.metadata()).isNotEmpty();
                    assertThat(run.tensors()).hasSameSizeAs(run.names());
                }
            }
        }
    }
}

package io.flambeau.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.Checkpoint;
import io.flambeau.io.Images;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: it learns, repeats itself bit for bit, and goes on after a stop as if there had been none. */
class TrainingTest {
    private static final int EPOCHS = 2;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Settings settings(String name, @Nullable Path resume, int stopAfter) {
        return settings(folder.resolve(name), resume, 0, stopAfter);
    }

    private static Settings settings(Path folder, @Nullable Path resume, int saveEvery, int stopAfter) {
        return new Settings(null, EPOCHS, 32, 0.003, 2, 5, folder, resume, saveEvery, stopAfter);
    }

    private boolean train(Settings settings) throws IOException {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Training(settings, digits(), out).run();
    }

    private static Digits digits() {
        return Digits.drawn(1280, 200);
    }

    private byte[] model(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("model.safetensors"));
    }

    @Test
    void learnsAndWritesItsFiles() throws IOException {
        assertThat(train(settings("run", null, 0))).isTrue();
        String text = printed.toString(StandardCharsets.UTF_8).strip();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        assertThat(last).matches("test accuracy [01]\\.\\d{4}");
        assertThat(Double.parseDouble(last.substring("test accuracy ".length())))
                .isGreaterThan(0.9);
        assertThat(folder.resolve("run/metrics.csv")).content().hasLineCount(EPOCHS + 1);
        assertThat(Files.readAllBytes(folder.resolve("run/learning-curve.png"))).startsWith(0x89, 'P', 'N', 'G');
        Reading reading = new Reading(folder.resolve("run/model.safetensors"));
        int right = 0;
        for (int i = 0; i < 20; i++) {
            Tensor[] digit = DrawnDigits.dataset(20, 9).get(i);
            Path png = folder.resolve(i + ".png");
            Images.writePng(png, digit[0].mul(255).round().to(DType.U8));
            right += reading.read(png, false).digit() == digit[1].itemLong() ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(16);
    }

    @Test
    void oneSeedGivesOneModel() throws IOException {
        train(settings("first", null, 0));
        train(settings("second", null, 0));
        assertThat(model("second")).isEqualTo(model("first"));
    }

    @Test
    void aStoppedRunGoesOnAsIfItHadNot() throws IOException {
        train(settings("unbroken", null, 0));
        assertThat(train(settings("stopped", null, 53))).isFalse();
        Path checkpoint = folder.resolve("stopped/checkpoint.safetensors");
        assertThat(train(settings("stopped", checkpoint, 0))).isTrue();
        assertThat(model("stopped")).isEqualTo(model("unbroken"));
        assertThat(folder.resolve("stopped/metrics.csv"))
                .hasSameTextualContentAs(folder.resolve("unbroken/metrics.csv"));
    }

    /** A training that saves after every third step; started as a process of its own, to be killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] folder) throws IOException {
            new Training(settings(Path.of(folder[0]), null, 3, 0), digits(), System.out).run();
        }
    }

    @Test
    void aKilledRunGoesOnAsIfItHadNot() throws Exception {
        train(settings("unbroken", null, 0));
        Path killed = folder.resolve("killed");
        Path checkpoint = killed.resolve("checkpoint.safetensors");
        long position = 0;
        // One that came to the end of an epoch before the kill proves nothing: once more.
        while (position == 0) {
            Files.deleteIfExists(checkpoint);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "--add-modules",
                            "jdk.incubator.vector",
                            Victim.class.getName(),
                            killed.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                while (process.isAlive() && Files.notExists(checkpoint)) {
                    process.waitFor(1, TimeUnit.MILLISECONDS);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            Map<?, ?> loader = (Map<?, ?>) Checkpoint.load(checkpoint).get("loader");
            position = (Long) loader.get("position");
        }
        assertThat(train(settings("killed", checkpoint, 0))).isTrue();
        assertThat(model("killed")).isEqualTo(model("unbroken"));
        assertThat(killed.resolve("metrics.csv")).hasSameTextualContentAs(folder.resolve("unbroken/metrics.csv"));
    }

    @Test
    void aFolderWithoutTheFilesIsRefused() {
        assertThatThrownBy(() -> Digits.idx(folder))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("--data")
                .hasMessageContaining("train-images-idx3-ubyte.gz");
    }

    @Test
    void readsTheFilesOfMnist() {
        Digits digits = Digits.idx(TestData.require("data/mnist"));
        assertThat(digits.train().size()).isEqualTo(60_000);
        assertThat(digits.test().size()).isEqualTo(10_000);
        Tensor image = digits.train().get(0)[0];
        assertThat(image.amax().item()).isEqualTo(1);
        assertThat(image.amin().item()).isEqualTo(0);
    }

    @Test
    @Tag("full")
    void reachesNinetyNinePercentOnMnist() throws IOException {
        Settings settings =
                new Settings(TestData.require("data/mnist"), 3, 64, 0.003, 2, 1, folder.resolve("mnist"), null, 0, 0);
        new Training(settings, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
        String text = printed.toString(StandardCharsets.UTF_8).strip();
        assertThat(Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1)))
                .isGreaterThanOrEqualTo(0.99);
    }
}

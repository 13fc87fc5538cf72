package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every reader on every kind of file that is not its own, and on damaged ones: one kind of error, and nothing kept. */
class BadInputTest {
    private static final Map<String, Consumer<Path>> READERS = new LinkedHashMap<>();

    static {
        READERS.put("safetensors", Safetensors::load);
        READERS.put("index.json", Safetensors::load);
        READERS.put("ckpt", Checkpoint::load);
        READERS.put("npy", Npy::load);
        READERS.put("npz", Npz::load);
        READERS.put("pt", TorchFile::load);
        READERS.put("idx", Idx::load);
        READERS.put("png", file -> Images.read(file, Images.Mode.RGB));
        READERS.put("csv", file -> Csv.of(file).header(false).numbers());
        READERS.put("txt", Text::lines);
    }

    @TempDir
    private Path folder;

    private List<byte[]> samples() throws IOException {
        Path file = folder.resolve("sample");
        Tensor tensor = TestFiles.pattern(DType.U8, 1, 5, 6);
        Map<String, Tensor> map = Map.of("x", tensor);
        List<byte[]> samples = new ArrayList<>();
        Safetensors.save(file, map);
        samples.add(Files.readAllBytes(file));
        Checkpoint.save(file, map);
        samples.add(Files.readAllBytes(file));
        Npy.save(file, tensor);
        samples.add(Files.readAllBytes(file));
        Npz.save(file, map);
        samples.add(Files.readAllBytes(file));
        TorchFile.save(file, map);
        samples.add(Files.readAllBytes(file));
        Images.writePng(file, tensor);
        samples.add(Files.readAllBytes(file));
        samples.add(new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 1, 2});
        samples.add("{\"weight_map\":{\"x\":\"gone\"}}".getBytes());
        samples.add("1,2\n3,4\n".getBytes());
        samples.add(new byte[0]);
        return samples;
    }

    private static void survives(String format, Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Throwable[] thrown = new Throwable[1];
        long allocated = TestFiles.allocatedBytes(
                () -> thrown[0] = catchThrowable(() -> READERS.get(format).accept(file)));
        assertThat(allocated).as(format).isLessThan(2L * bytes.length + 1_000_000);
        if (thrown[0] != null) {
            assertThat(thrown[0]).as(format).isInstanceOf(FormatException.class);
            assertThat(thrown[0].getMessage()).matches("(?s)[A-Z]\\w+\\.\\w+: .*; .* \\(FB-50\\d\\)");
        }
    }

    @Test
    void everyReaderSurvivesEveryFile() throws IOException {
        Random random = new Random(7);
        List<byte[]> samples = samples();
        for (String format : READERS.keySet()) {
            Path file = folder.resolve("bad." + format);
            for (byte[] sample : samples) {
                // Once unmeasured, so that loading classes is not taken for reading.
                Files.write(file, sample);
                catchThrowable(() -> READERS.get(format).accept(file));
                survives(format, file, sample);
                for (int i = 0; i < 6 && sample.length > 0; i++) {
                    byte[] changed = sample.clone();
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                    survives(format, file, changed);
                    survives(format, file, Arrays.copyOf(sample, random.nextInt(sample.length)));
                }
            }
            for (int i = 0; i < 30; i++) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                survives(format, file, noise);
            }
            Files.delete(file);
        }
        assertNothingIsOpen();
    }

    @Test
    void noReaderAndNoWriterTouchesWhatIsNoFile() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "needs a system with pipes");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        List<Path> none = List.of(folder, pipe);
        for (Path path : none) {
            READERS.forEach((format, reader) -> assertThatThrownBy(() -> reader.accept(path))
                    .as(format)
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("it is not a regular file; give the path of a file (FB-502)"));
            assertThatThrownBy(() -> Safetensors.save(path, Map.of()))
                    .hasMessageContaining("it is not a regular file; nothing was changed");
            assertThat(Files.isRegularFile(path)).isFalse();
        }
        READERS.forEach((format, reader) -> assertThatThrownBy(() -> reader.accept(folder.resolve("none." + format)))
                .as(format)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no such file or folder"));
    }

    private void assertNothingIsOpen() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.isReadable(maps), "only Linux shows what a process has mapped");
        assertThat(Files.readAllLines(maps)).noneMatch(line -> line.contains(folder.toString()));
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open.toList()) {
                try {
                    assertThat(Files.readSymbolicLink(descriptor)).doesNotHave(inside());
                } catch (IOException _) {
                    // It was closed meanwhile; it cannot be one of ours.
                }
            }
        }
    }

    private Condition<Path> inside() {
        return new Condition<>(path -> path.startsWith(folder), "inside the folder");
    }
}

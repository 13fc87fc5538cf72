package io.flambeau.io.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flambeau.tensor.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final int SIZE = 1 << 16;

    @TempDir
    private Path folder;

    private static byte[] filled(int value) {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static void save(Path file, int value) {
        AtomicFile.write("test", file, channel -> Output.write(channel, MemorySegment.ofArray(filled(value))));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a");
        save(file, 1);
        save(file, 2);
        assertThat(Files.readAllBytes(file)).isEqualTo(filled(2));
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aWriterThatFailsAtAnyByteLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("a");
        save(file, 1);
        for (int failAt = 0; failAt < 64; failAt++) {
            int at = failAt;
            assertThatThrownBy(() -> AtomicFile.write("Test.save", file, channel -> {
                        Output.write(channel, ByteBuffer.allocate(at));
                        throw new IOException("No space left on device");
                    }))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("Test.save: cannot write ")
                    .hasMessageContaining("No space left on device; nothing was changed");
            assertThat(Files.readAllBytes(file)).isEqualTo(filled(1));
        }
        assertThatThrownBy(() -> AtomicFile.write("Test.save", file, channel -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(files()).containsExactly(file);
    }

    @Test
    void refusesToReplaceWhatIsProtected() throws IOException {
        Path file = folder.resolve("a");
        save(file, 1);
        assumeTrue(file.toFile().setReadOnly() && !Files.isWritable(file), "this user may write to read-only files");
        assertThatThrownBy(() -> save(file, 2)).hasMessageContaining("read-only");
    }

    @Test
    void aLinkKeepsPointingWhereItPoints() throws IOException {
        Path file = folder.resolve("a");
        save(file, 1);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        save(link, 2);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(filled(2));
    }

    @Test
    void twoSaversAtOnceLeaveAWholeFile() throws Exception {
        Path file = folder.resolve("a");
        save(file, 1);
        AtomicInteger failures = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 1; t <= 2; t++) {
            int value = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 50; i++) {
                    try {
                        save(file, value);
                        byte[] read = Files.readAllBytes(file);
                        if (!Arrays.equals(read, filled(read[0]))) {
                            failures.incrementAndGet();
                        }
                    } catch (IOException | RuntimeException e) {
                        failures.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).hasValue(0);
        assertThat(files()).containsExactly(file);
    }

    /** Saves for ever; started as a process of its own, to be killed. */
    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        for (int i = 0; ; i++) {
            save(file, i);
            if (i == 2) {
                System.out.println("saving");
            }
        }
    }

    private Process start(Path file, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AtomicFileTest.class.getName(),
                file.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void aKilledSaveLeavesAWholeFile() throws Exception {
        Path file = folder.resolve("a");
        for (int round = 0; round < 3; round++) {
            Process process = start(file);
            try (BufferedReader output = process.inputReader()) {
                assertThat(output.readLine()).isEqualTo("saving");
                process.destroyForcibly().waitFor();
            }
            byte[] read = Files.readAllBytes(file);
            assertThat(read).isEqualTo(filled(read[0]));
        }
        save(file, 7);
        assertThat(Files.readAllBytes(file)).isEqualTo(filled(7));
    }

    @Test
    void aFullDiskLeavesTheOldFile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs a shell that can limit the size of files");
        Path file = folder.resolve("a");
        save(file, 42);
        // The system refuses to let any file grow beyond half of what is to be written.
        Process process = start(file, "/bin/bash", "-c", "ulimit -f " + SIZE / 2 / 1024 + "; exec \"$@\"", "limited");
        String output;
        try (BufferedReader lines = process.inputReader()) {
            output = String.join("\n", lines.lines().toList());
        }
        assertThat(process.waitFor()).isNotZero();
        assertThat(output).contains("test: cannot write", "nothing was changed", "FB-502");
        assertThat(Files.readAllBytes(file)).isEqualTo(filled(42));
        assertThat(files()).containsExactly(file);
    }
}

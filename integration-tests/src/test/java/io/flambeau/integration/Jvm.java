package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own, of the version that runs the tests. */
final class Jvm {
    private Jvm() {}

    /** Runs it to its end and returns what it printed, without the JVM's own warnings; fails when it fails. */
    static String run(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            Process process = new ProcessBuilder(
                            Stream.concat(Stream.of(java), Stream.of(arguments)).toList())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s%n%s", List.of(arguments), output)
                    .isZero();
            return output.lines()
                    .filter(line -> !line.startsWith("WARNING: "))
                    .reduce("", (all, line) -> all + line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

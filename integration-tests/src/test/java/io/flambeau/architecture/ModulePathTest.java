package io.flambeau.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The built modules run on the module path, where no flag is needed for the Vector API. */
class ModulePathTest {
    @Test
    void runsACommand() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modulePath(),
                        "--module",
                        "io.flambeau.cli/io.flambeau.cli.Main",
                        "version")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("flambeau ");
    }

    /** All but the conformance kit, which needs JUnit. */
    private static String modulePath() {
        return BuiltModules.references().stream()
                .filter(module -> !module.descriptor().name().equals("io.flambeau.tck"))
                .map(module -> Path.of(module.location().map(URI::getPath).orElseThrow())
                        .toString())
                .collect(joining(File.pathSeparator));
    }
}

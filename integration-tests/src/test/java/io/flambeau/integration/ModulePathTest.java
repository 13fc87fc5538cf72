package io.flambeau.integration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The built modules run on the module path, where no flag is needed for the Vector API. */
class ModulePathTest {
    @Test
    void runsACommand() {
        String output =
                Jvm.run("--module-path", modulePath(), "--module", "io.flambeau.cli/io.flambeau.cli.Main", "version");
        assertThat(output).contains("flambeau ").contains("vector API");
    }

    private static String modulePath() {
        return BuiltModules.references().stream()
                .map(module -> Path.of(module.location().orElseThrow()).toString())
                .collect(joining(File.pathSeparator));
    }
}

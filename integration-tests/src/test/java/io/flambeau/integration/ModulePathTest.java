package io.flambeau.integration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The built modules run on the module path, where no flag is needed for the Vector API. */
class ModulePathTest {
    @Test
    void runsACommand() {
        String output =
                Jvm.run("--module-path", modulePath(), "--module", "io.flambeau.cli/io.flambeau.cli.Main", "version");
        assertThat(output).contains("flambeau ").contains("vector API");
    }

    /** Our modules, and those that a device interface and a reader need. */
    private static String modulePath() {
        Stream<String> ours = BuiltModules.references().stream()
                .map(module -> Path.of(module.location().orElseThrow()).toString());
        Stream<String> bindings = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().matches("(jocl|fastcsv)-.*"));
        return Stream.concat(ours, bindings).collect(joining(File.pathSeparator));
    }
}

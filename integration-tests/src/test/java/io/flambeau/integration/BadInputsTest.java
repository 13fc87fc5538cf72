package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The list of bad inputs names tests that are there. */
class BadInputsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.forEach(file -> sources.put(file.getFileName().toString(), file));
                }
            }
        }
        return sources;
    }

    @TestFactory
    Stream<DynamicTest> everyTestIsThere() throws IOException {
        Map<String, Path> sources = sources();
        return TEST.matcher(Files.readString(ROOT.resolve("docs/bad-inputs.md")))
                .results()
                .map(name -> DynamicTest.dynamicTest(name.group(), () -> exists(sources, name)));
    }

    private static void exists(Map<String, Path> sources, MatchResult name) {
        assertThat(sources).containsKey(name.group(1) + ".java");
        assertThat(sources.get(name.group(1) + ".java"))
                .content()
                .containsPattern("\n    (void|Stream<DynamicTest>) " + name.group(2) + "\\(");
    }
}

package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The pages that say which tests show what they say name tests that are there. */
class NamedTestsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    /** The sources of the tests by their names, which modules may share. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        sources.merge(file.getFileName().toString(), Files.readString(file), String::concat);
                    }
                }
            }
        }
        return sources;
    }

    @TestFactory
    Stream<DynamicTest> everyTestIsThere() throws IOException {
        Map<String, String> sources = sources();
        StringBuilder pages = new StringBuilder();
        for (String page : List.of("bad-inputs.md", "semantics.md")) {
            pages.append(Files.readString(ROOT.resolve("docs").resolve(page)));
        }
        return TEST.matcher(pages)
                .results()
                .map(name -> DynamicTest.dynamicTest(name.group(), () -> exists(sources, name)));
    }

    private static void exists(Map<String, String> sources, MatchResult name) {
        assertThat(sources.getOrDefault(name.group(1) + ".java", ""))
                .containsPattern("\n    (void|Stream<DynamicTest>) " + name.group(2) + "\\(");
    }
}

package io.flambeau.integration;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documents say is so: links lead somewhere, code compiles, and a program followed by a block of text prints
 * that text. Code without a declaration is the body of a main method; see {@link #program}.
 */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE =
            Pattern.compile("```java\\n(.*?)```\\n(?:\\n?```text\\n(.*?)```)?", Pattern.DOTALL);
    private static final Pattern DECLARATION =
            Pattern.compile("^(?:\\w+ )*(?:class|record|enum|interface|void) ", Pattern.MULTILINE);

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() throws IOException {
        return documents().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    Stream<String> targets =
                            LINK.matcher(Files.readString(file)).results().map(link -> link.group(1));
                    assertThat(targets.filter(target -> !target.contains("://")))
                            .allSatisfy(target ->
                                    assertThat(file.resolveSibling(target)).exists());
                }));
    }

    /** The blocks of a document build on each other. */
    @TestFactory
    Stream<DynamicTest> codeDoesWhatItSays(@TempDir Path folder) throws IOException {
        return documents().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    Path classes = Files.createTempDirectory(folder, "document");
                    for (MatchResult block :
                            CODE.matcher(Files.readString(file)).results().toList()) {
                        Sources.compile(classes, List.of(program(block.group(1))));
                        if (block.group(2) != null) {
                            String path = Sources.classPath(classes);
                            assertThat(Jvm.run("--add-modules", "jdk.incubator.vector", "-cp", path, Sources.COMPACT))
                                    .isEqualTo(block.group(2));
                        }
                    }
                }));
    }

    /** Code that declares nothing, made a main method below its imports. */
    static String program(String code) {
        if (DECLARATION.matcher(code).find()) {
            return code;
        }
        Map<Boolean, String> parts =
                code.lines().collect(partitioningBy(line -> line.startsWith("import "), joining("\n")));
        return parts.get(true) + "\nvoid main() {\n" + parts.get(false) + "\n}\n";
    }

    @Test
    void wrapsCodeThatDeclaresNothing() {
        assertThat(program("import a.B;\nB.c();\n")).isEqualTo("import a.B;\nvoid main() {\nB.c();\n}\n");
        assertThat(program("public final class A {}\n")).isEqualTo("public final class A {}\n");
        assertThat(program("void main() {}\n")).isEqualTo("void main() {}\n");
    }
}

package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a fuzzer once found, and what it starts from, stays among the tests. */
class FuzzRegressionTest {
    @TestFactory
    List<DynamicTest> everyInputIsSurvived() throws IOException, URISyntaxException {
        Path inputs = Path.of(FuzzRegressionTest.class.getResource("fuzz").toURI());
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(inputs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String target = file.getParent().getFileName().toString();
                byte[] bytes = Files.readAllBytes(file);
                String name = target + "/" + file.getFileName();
                tests.add(DynamicTest.dynamicTest(
                        name, () -> FuzzTargets.ALL.get(target).accept(bytes)));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(FuzzTargets.ALL.size());
        return tests;
    }
}

package io.flambeau.integration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The example of a backend by somebody else: compiled against the API and the kit, and nothing else of ours, found at
 * run time, and tested by the profile it claims.
 */
class ThirdPartyBackendTest {
    private static final Path PROJECT = Path.of("..", "examples", "third-party-backend");

    @TempDir
    private Path folder;

    /** Runs the kit as Maven would; its own JVM, so that the class path is that of the example. */
    static final class Kit {
        private Kit() {}

        public static void main(String[] arguments) throws ClassNotFoundException {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(Class.forName(arguments[0])))
                    .filters(TagFilter.includeTags(arguments[1]))
                    .build();
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, summary);
            summary.getSummary()
                    .getFailures()
                    .forEach(failure -> IO.println(failure.getTestIdentifier().getDisplayName() + ": "
                            + failure.getException().getMessage()));
            IO.println(summary.getSummary().getTestsSucceededCount() + " passed, "
                    + summary.getSummary().getTotalFailureCount() + " failed");
        }
    }

    @Test
    void itIsFoundAndPassesTheProfileThatItClaims() throws IOException {
        compile("src/main/java", "tensor-api");
        compile("src/test/java", "tensor-api", "backend-tck");
        copy("src/main/resources");
        copy("src/test/resources");

        String output = Jvm.run(
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx2g",
                "-cp",
                Sources.classPath(folder),
                Kit.class.getName(),
                "org.example.abacus.AbacusContractTest",
                "tck-core");

        assertThat(output.strip().lines().toList().getLast()).as(output).matches("[1-9]\\d{2,} passed, 0 failed");
    }

    /** Against some of our modules only: the example must need no more than it declares. */
    private void compile(String sources, String... modules) throws IOException {
        String path = Stream.concat(
                        Stream.of(folder.toString()),
                        Stream.concat(
                                Stream.of(modules).map(BuiltModules::location).map(Path::toString), libraries()))
                .collect(joining(File.pathSeparator));
        Sources.compile(folder, texts(PROJECT.resolve(sources)), path);
    }

    /** What is on the class path of the tests and not ours. */
    private static Stream<String> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("flambeau"));
    }

    private static List<String> texts(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Sources::read)
                    .toList();
        }
    }

    private void copy(String resources) throws IOException {
        Path root = PROJECT.resolve(resources);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(root.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}

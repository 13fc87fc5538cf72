package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that users start. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "flambeau");

    @TempDir
    private Path folder;

    private record Result(int status, String output) {}

    private static Result run(Path script, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of("/bin/sh", script.toString()), Stream.of(words))
                        .toList());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    @Test
    void runsACommandOfTheBuild() throws IOException, InterruptedException {
        Result result = run(SCRIPT, Map.of("FLAMBEAU_JAVA_HOME", System.getProperty("java.home")), "version");
        assertThat(result.status).as(result.output).isZero();
        assertThat(result.output).contains("flambeau ").contains("vector API on");
    }

    @ParameterizedTest
    @CsvSource({
        "25, no",
        "25.0.1, no",
        "25.0.2, no",
        "25.0.2.1, no",
        "25.0.3, yes",
        "25.0.3.1, yes",
        "25.0.10, yes",
        "25.0.20, yes",
        "25.1.0, yes",
        "17.0.15, no",
        "24.0.2, no",
        "26, no",
        "26.0.3, no"
    })
    void takesOnlyAJdkThatSuits(String version, String suits) throws IOException, InterruptedException {
        Files.createFile(Files.createDirectory(folder.resolve("bin")).resolve("javac"))
                .toFile()
                .setExecutable(true);
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        Result result = run(SCRIPT, Map.of("FLAMBEAU_JAVA_HOME", folder.toString()), "--jdk");
        if (suits.equals("yes")) {
            assertThat(result).isEqualTo(new Result(0, folder + "\n"));
        } else {
            assertThat(result.status).isEqualTo(1);
            assertThat(result.output)
                    .isEqualTo("flambeau: FLAMBEAU_JAVA_HOME is " + folder + ": not a JDK 25.0.3 or later 25\n");
        }
    }

    @Test
    void saysThatMavenIsMissing() throws IOException, InterruptedException {
        Path script = Files.copy(SCRIPT, folder.resolve("flambeau"));
        for (String tool : List.of("dirname", "readlink", "sed")) {
            Path stub = Files.writeString(folder.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
            stub.toFile().setExecutable(true);
        }
        Map<String, String> environment =
                Map.of("PATH", folder.toString(), "FLAMBEAU_JAVA_HOME", System.getProperty("java.home"));
        Result result = run(script, environment, "version");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.output).startsWith("flambeau: needs Maven to build");
    }

    /** A build that needs no rebuilding, and a JDK whose java says how it was called. */
    private Path fakeBuild(String recording) throws IOException {
        Path root = Files.createDirectory(folder.resolve("a root"));
        Files.createDirectories(root.resolve("cli/src/main"));
        Files.createFile(root.resolve("pom.xml"));
        Files.createFile(root.resolve("cli/pom.xml"));
        Path target = Files.createDirectory(root.resolve("cli/target"));
        Files.createFile(target.resolve("flambeau-cli.jar"));
        Files.writeString(
                target.resolve("classpath.txt"),
                target.resolve("flambeau-cli.jar").toString());
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.createFile(bin.resolve("javac")).toFile().setExecutable(true);
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        Path java = bin.resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for word in "$@"; do
                  case $word in -XX:AOTCacheOutput=*) %s; exit ;; esac
                done
                echo "java $*"
                """.formatted(recording));
        java.toFile().setExecutable(true);
        return Files.copy(SCRIPT, root.resolve("flambeau"));
    }

    private Result runFake(Path script, String... words) throws IOException, InterruptedException {
        return run(script, Map.of("FLAMBEAU_JAVA_HOME", folder.resolve("jdk").toString()), words);
    }

    @Test
    void makesACacheOnceForWhatComputes() throws IOException, InterruptedException {
        Path script = fakeBuild("echo classes >\"${word#*=}\"");
        assertThat(runFake(script, "version").output).doesNotContain("AOTCache", "preparing");
        assertThat(runFake(script, "train", "--epochs", "2").output)
                .contains("preparing", "-XX:AOTCache=", "io.flambeau.cli.Main train --epochs 2");
        assertThat(runFake(script, "train").output).doesNotContain("preparing").contains("-XX:AOTCache=");
        assertThat(script.resolveSibling("cli/target"))
                .isDirectoryContaining("glob:**/flambeau-25.0.3.aot")
                .isDirectoryNotContaining("glob:**/aot.*");
    }

    @Test
    void tellsBenchWhereLibtorchIs() throws IOException, InterruptedException {
        Path script = fakeBuild("exit 1");
        assertThat(runFake(script, "version").output).doesNotContain("libtorch");
        Path target = Files.createDirectories(script.resolveSibling("libtorch/target"));
        Files.writeString(target.resolve("classpath.txt"), "a.jar:b.jar");
        assertThat(runFake(script, "version").output)
                .contains("-Dflambeau.libtorch=" + target.resolve("flambeau-libtorch.jar") + ":a.jar:b.jar ");
    }

    @Test
    void goesOnWithoutACacheWhereNoneCanBeMade() throws IOException, InterruptedException {
        Path script = fakeBuild("exit 1");
        assertThat(runFake(script, "train").output)
                .contains("preparing", "io.flambeau.cli.Main train")
                .doesNotContain("AOTCache");
        assertThat(runFake(script, "train").output).doesNotContain("preparing", "AOTCache");
    }
}

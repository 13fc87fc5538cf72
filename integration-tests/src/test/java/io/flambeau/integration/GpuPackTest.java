package io.flambeau.integration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The check that is carried to a machine with a GPU, run on a CUDA driver that has none. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class GpuPackTest {
    private static final long MOST = 60L << 20;
    private static final Path SOURCES = Path.of("..", "backend-cuda", "src", "test", "fake-cuda");

    /** What the commands need at run time and is not ours. */
    private static final List<String> LIBRARIES =
            List.of("fastcsv", "jcuda", "jocl", "junit-jupiter-api", "junit-platform-commons", "opentest4j");

    @TempDir
    static Path folder;

    private static Path pack;

    private record Result(int status, String output) {}

    @BeforeAll
    static void build() {
        pack = folder.resolve("a pack");
        String path = Stream.concat(
                        BuiltModules.locations().stream().map(Path::toString),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> LIBRARIES.stream()
                                        .anyMatch(name -> Path.of(entry)
                                                .getFileName()
                                                .toString()
                                                .startsWith(name))))
                .collect(joining(File.pathSeparator));
        Jvm.run("-cp", path, "io.flambeau.cli.Main", "gpu-pack", pack.toString());
    }

    private static Result check(Map<String, String> environment, String... words) {
        try {
            List<String> command =
                    new ArrayList<>(List.of("/bin/bash", pack.resolve("check").toString()));
            command.addAll(List.of(words));
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("CUDA_HOME", folder.toString());
            builder.environment().put("FLAMBEAU_JVM_OPTS", "-Dflambeau.kernelcache=" + folder.resolve("kernels"));
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isSmallEnoughToBeCarriedAndWhole() throws IOException {
        try (Stream<Path> files = Files.walk(pack)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(MOST);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void runsWithoutAnyProgramOnThePath() throws IOException {
        Path program = pack.resolve("runtime/bin/java");
        Result result = check(Map.of("PATH", folder.toString()), "--stages", "devices", "--out", "devices.json");
        assertThat(result.status).as(result.output).isZero();
        assertThat(program).isExecutable();
        assertThat(Files.readString(folder.resolve("devices.json")))
                .contains("\"devices\":", "\"end\":\"passed\"", "cpu:0");
    }

    @Test
    void checksAndMeasuresADevice() throws IOException, InterruptedException {
        Path driver = driver();
        Result result = check(
                Map.of("LD_LIBRARY_PATH", driver.toString()),
                "--stages=devices,kit,bench,golden",
                "--every=90",
                "--only=8 floats, in a scope",
                "--seconds=0.01",
                "--out=result.json");
        assertThat(result.status).as(result.output).isZero();
        String json = Files.readString(folder.resolve("result.json"));
        assertThat(json)
                .as(result.output)
                .contains("cuda:0       Fake GPU 0", "its gradient equals finite differences", " 0 failed")
                .contains("\"name\":\"a + b of 8 floats, in a scope\"", "\"end\":\"not there\"")
                .doesNotContain("\"end\":\"failed", "stopped after");
    }

    @Test
    void aDeviceThatIsNotThereIsAFailureWithAReason() throws IOException {
        Result result = check(Map.of(), "--device", "cuda:7", "--stages", "kit", "--out", "none.json");
        assertThat(result.status).as(result.output).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("none.json"))).contains("\"end\":\"failed (1)\"", "cuda");
    }

    @Test
    void doesNotWriteIntoAFolderThatHoldsSomething() {
        assertThatThrownBy(() -> Jvm.run(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.flambeau.cli.Main",
                        "gpu-pack",
                        pack.toString()))
                .hasMessageContaining("is there already and not empty");
    }

    /** The driver and its compiler, built here. */
    private static Path driver() throws IOException, InterruptedException {
        Path driver = Files.createDirectories(folder.resolve("driver"));
        try (Stream<Path> headers = Files.list(SOURCES)) {
            for (Path header :
                    headers.filter(file -> file.toString().endsWith(".h")).toList()) {
                Files.copy(header, driver.resolve(header.getFileName()));
            }
        }
        compile(driver, "cuda.cpp", "libcuda.so.1");
        compile(driver, "nvrtc.cpp", "libnvrtc.so.12");
        return driver;
    }

    private static void compile(Path driver, String source, String library) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "g++",
                "-std=c++17",
                "-O1",
                "-shared",
                "-fPIC",
                "-o",
                driver.resolve(library).toString(),
                SOURCES.resolve(source).toString(),
                "-ldl");
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            if (Boolean.parseBoolean(System.getenv("FLAMBEAU_REQUIRE_CUDA"))) {
                throw e;
            }
            throw new TestAbortedException("skipped: a CUDA driver without a GPU needs g++: " + e.getMessage());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}

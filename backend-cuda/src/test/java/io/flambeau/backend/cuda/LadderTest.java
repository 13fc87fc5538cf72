package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flambeau.tensor.spi.Probe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each step at which the way to a device can end says what was found, what is needed, and what to do. */
class LadderTest {
    @TempDir
    Path folder;

    /** What a JVM of its own prints, which finds libraries only in these folders. */
    public static final class Climber {
        public static void main(String[] arguments) {
            System.out.println(Ladder.climb().probe());
        }
    }

    @BeforeEach
    void build() {
        FakeCuda.require();
    }

    @AfterEach
    void restore() {
        FakeCuda.set("INIT", 0);
        FakeCuda.set("DEVICES", 1);
        FakeCuda.set("VERSION", 12020);
        FakeCuda.set("ARCH", 80);
    }

    private static Probe.Unavailable fall() {
        return (Probe.Unavailable) Ladder.climb().probe();
    }

    private String climb(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Climber.class.getName());
        for (String variable : List.of("CUDA_HOME", "CUDA_PATH", "CUDA_VISIBLE_DEVICES")) {
            builder.environment().remove(variable);
        }
        builder.environment().put("LD_LIBRARY_PATH", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private void place(String library, String name) throws IOException {
        Files.copy(FakeCuda.folder().resolve(library), folder.resolve(name));
    }

    /**
     * Tests that find something where nothing should be are of no use on a machine that has the real thing, nor where
     * the backend needs no compiler, because a build with -Pptx gave it kernels.
     */
    private static void assumeNone(String library) {
        assumeTrue(ShippedKernels.find().isEmpty(), "this build carries compiled kernels");
        assumeTrue(
                Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib")
                        .noneMatch(place -> Files.exists(Path.of(place, library))),
                library + " is installed on this machine");
    }

    @Test
    void onTopEachDeviceIsDescribed() {
        FakeCuda.set("DEVICES", 2);
        assertThat(((Probe.Available) Ladder.climb().probe()).devices())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(
                        "Fake GPU 0, architecture 80, 2048 MiB, driver for CUDA 12.2, NVRTC 12.0 (libnvrtc.so.12), ");
    }

    @Test
    void withoutADriverItSaysSo() throws Exception {
        assumeNone("libcuda.so.1");
        assertThat(climb(Map.of()))
                .contains("load libcuda.so.1: not found; found no NVIDIA driver")
                .contains("LD_LIBRARY_PATH");
    }

    @Test
    void withoutADeviceItSaysSo() {
        FakeCuda.set("INIT", 100);
        assertThat(fall().toString())
                .startsWith("cuInit: CUDA_ERROR_NO_DEVICE (100)")
                .contains("nvidia-smi");
        FakeCuda.set("INIT", 0);
        FakeCuda.set("DEVICES", 0);
        assertThat(fall().toString()).startsWith("cuDeviceGetCount: 0 devices");
    }

    @Test
    void hiddenDevicesAreSuspected() throws Exception {
        place("libcuda.so.1", "libcuda.so.1");
        assertThat(climb(Map.of("FAKE_CUDA_INIT", "100", "CUDA_VISIBLE_DEVICES", "7")))
                .contains("CUDA_VISIBLE_DEVICES=7")
                .contains("which hides devices");
    }

    @Test
    void aLibraryOfAnotherVersionThanTheKernelModuleIsNamed() {
        for (int status : new int[] {803, 804}) {
            FakeCuda.set("INIT", status);
            assertThat(fall().toString())
                    .startsWith("cuInit: CUDA_ERROR_")
                    .contains("(" + status + ")")
                    .contains("restart the machine");
        }
        FakeCuda.set("INIT", 999);
        assertThat(fall().toString()).startsWith("cuInit: CUDA_ERROR_UNKNOWN (999)");
    }

    @Test
    void anOldDriverIsRefusedWithBothVersions() {
        FakeCuda.set("VERSION", 11080);
        assertThat(fall())
                .isEqualTo(new Probe.Unavailable(
                        "cuDriverGetVersion",
                        "too old",
                        "a driver for CUDA 11.8",
                        "one for CUDA 12.0 (525) or later",
                        "update the NVIDIA driver"));
    }

    @Test
    void withoutACompilerItSaysWhichOne() throws Exception {
        assumeNone("libnvrtc.so.12");
        place("libcuda.so.1", "libcuda.so.1");
        assertThat(climb(Map.of("FAKE_CUDA_VERSION", "13000")))
                .contains("load libnvrtc.so: not found")
                .contains("needed libnvrtc.so.12 for this driver, or a newer one up to 13");
    }

    @Test
    void aCompilerThatIsTooNewIsNotUsed() throws Exception {
        assumeNone("libnvrtc.so.12");
        place("libcuda.so.1", "libcuda.so.1");
        place("libnvrtc.so.12", "libnvrtc.so.13");
        assertThat(climb(Map.of())).contains("found libnvrtc.so.13, which is too new for a driver for CUDA 12.2");
    }

    @Test
    void theUsersToolkitIsTakenBeforeOthers() throws Exception {
        place("libcuda.so.1", "libcuda.so.1");
        place("libnvrtc.so.12", "libnvrtc.so.12");
        Path lib = Files.createDirectories(folder.resolve("toolkit/lib64"));
        Files.copy(FakeCuda.folder().resolve("libnvrtc.so.12"), lib.resolve("libnvrtc.so.12"));
        assertThat(climb(Map.of("CUDA_HOME", folder.resolve("toolkit").toString())))
                .contains("NVRTC 12.0 (" + lib.resolve("libnvrtc.so.12") + ")");
    }

    @Test
    void aDeviceTooOldForTheCompilerIsNamed() {
        FakeCuda.set("ARCH", 52);
        assertThat(fall().toString())
                .startsWith("compile for device 0: too old a device")
                .contains("Fake GPU 0 of architecture 52 and NVRTC 12.0")
                .contains("needed a device of architecture 75 or later");
    }
}

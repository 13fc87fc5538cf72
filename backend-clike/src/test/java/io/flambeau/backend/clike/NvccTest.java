package io.flambeau.backend.clike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels as CUDA C: nvcc and ptxas take them for old and new devices, and no register is spilled. */
class NvccTest {
    private static final List<String> ARCHITECTURES = List.of("sm_75", "sm_80", "sm_90");

    static List<Bundle> bundles() {
        return List.of(Bundle.values());
    }

    static Stream<Arguments> others() {
        return Stream.of(Kind.values())
                .filter(kind -> kind != Kind.SINGLE && kind != Kind.RAW)
                .flatMap(kind -> Stream.of(Bundle.values())
                        .filter(bundle -> isCompiled(bundle, kind))
                        .map(bundle -> Arguments.of(bundle, kind)));
    }

    /** Fused kernels are of floating kinds alone, and raw ones of none. */
    private static boolean isCompiled(Bundle bundle, Kind kind) {
        boolean floating = kind == Kind.HALF || kind == Kind.DOUBLE;
        return switch (bundle) {
            case RAW -> false;
            case CONV, LINES, TRAIN -> floating;
            default -> true;
        };
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void compilesInSinglePrecision(Bundle bundle, @TempDir Path folder) throws IOException, InterruptedException {
        compile(bundle, bundle == Bundle.RAW ? Kind.RAW : Kind.SINGLE, List.of("sm_80"), folder);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("bundles")
    void compilesForAllDevices(Bundle bundle, @TempDir Path folder) throws IOException, InterruptedException {
        compile(bundle, bundle == Bundle.RAW ? Kind.RAW : Kind.SINGLE, ARCHITECTURES, folder);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("others")
    void compilesInAllKinds(Bundle bundle, Kind kind, @TempDir Path folder) throws IOException, InterruptedException {
        compile(bundle, kind, ARCHITECTURES, folder);
    }

    private static void compile(Bundle bundle, Kind kind, List<String> architectures, Path folder)
            throws IOException, InterruptedException {
        Path source = folder.resolve("kernels.cu");
        Files.writeString(source, bundle.source());
        for (String architecture : architectures) {
            List<String> command = new ArrayList<>(List.of("nvcc", "-x", "cu", "-cubin", "-arch=" + architecture));
            command.addAll(List.of("-fmad=false", "-Xptxas", "-v", "-diag-suppress", "177", "-DDOUBLES=1"));
            command.addAll(List.of("-DLOCAL_SIZE=256", "-DKIND=" + kind.ordinal(), source.toString()));
            command.addAll(List.of("-o", folder.resolve("kernels.cubin").toString()));
            String log = run(command);
            assertThat(log.lines().filter(line -> line.contains("spill")))
                    .as("%s for %s on %s", bundle, kind, architecture)
                    .isNotEmpty()
                    .allMatch(line -> line.contains("0 bytes spill stores, 0 bytes spill loads"));
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("skipped, there is no nvcc: " + e.getMessage());
            throw e;
        }
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(log).isZero();
        return log;
    }
}

package io.flambeau.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All kernels under <a href="https://github.com/jrprice/Oclgrind">oclgrind</a>, which finds races, accesses outside of
 * buffers and barriers that not all work-items reach. Buffers are the pool's slabs: what lies outside of a view but
 * inside its slab is the kit's to find.
 */
class OclgrindTest {
    private static final Path LIBRARY = Path.of("/usr/lib/oclgrind/liboclgrind-rt-icd.so");

    @Test
    void kernelsAreClean(@TempDir Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(LIBRARY), "skipped, there is no oclgrind: " + LIBRARY + " is missing");
        Files.writeString(folder.resolve("oclgrind.icd"), LIBRARY.toString());
        Path log = folder.resolve("oclgrind.log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dflambeau.opencl.clblast=false",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                GrindProgram.class.getName());
        Map<String, String> environment = builder.environment();
        environment.put("OCL_ICD_VENDORS", folder.toString());
        // Its interpreter lacks some of what its own optimiser makes.
        environment.put("OCLGRIND_BUILD_OPTIONS", "-cl-opt-disable");
        // It adds up the local memory of all kernels of a program.
        environment.put("OCLGRIND_LOCAL_MEM_SIZE", "131072");
        environment.put("OCLGRIND_DATA_RACES", "1");
        environment.put("OCLGRIND_CHECK_API", "1");
        environment.put("OCLGRIND_LOG", log.toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(Files.exists(log) ? faults(log) : List.of()).isEmpty();
    }

    private static List<String> faults(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank()).limit(20).toList();
        }
    }
}

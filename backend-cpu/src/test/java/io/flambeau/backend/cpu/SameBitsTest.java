package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.backend.cpu.internal.Kernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bits of results do not depend on threads, vector width, path, or how hot the code is. */
class SameBitsTest {
    private static List<String> bits(boolean module, String vector, int threads, int times, String... flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dflambeau.cpu.vector=" + vector,
                "-Dflambeau.threads=" + threads,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        if (module) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(List.of(flags));
        command.add(BitsProgram.class.getName());
        command.add(Integer.toString(times));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(out).doesNotContain("then");
        List<String> lines = out.lines().toList();
        assertThat(lines).hasSizeGreaterThan(150);
        return lines;
    }

    @Test
    void everywhereTheSame() throws Exception {
        List<String> plain = bits(false, "auto", 1, 1);
        for (int width = widest(); width >= 256; width /= 2) {
            int threads = width == 256 ? 3 : 2;
            assertThat(bits(true, Integer.toString(width), threads, 1))
                    .as("%d bits", width)
                    .isEqualTo(plain);
        }
        assertThat(bits(true, "always", 2, 12)).as("hot").isEqualTo(plain);
        assertThat(bits(true, "auto", 2, 4)).as("plain kernels first").isEqualTo(plain);
        assertThat(bits(true, "alternate", 2, 2)).as("both forms by turns").isEqualTo(plain);
        assertThat(bits(true, "auto", 2, 1, "-XX:TieredStopAtLevel=1"))
                .as("first compiler alone")
                .isEqualTo(plain);
    }

    /** The width that this JVM prefers; 0 without the Vector API. */
    private static int widest() {
        return Kernels.bits();
    }
}

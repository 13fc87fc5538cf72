package io.flambeau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... words) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.run(List.of(words), stream, stream);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aDeviceThatKeepsTheLawsPasses() {
        assertThat(run("kit", "--device", "cpu", "--only", "softplus"))
                .as(output())
                .isZero();
        assertThat(output())
                .containsPattern("law 3: equals the reference backend: [1-9]\\d* passed, 0 failed, 0 excluded")
                .contains("law 10: ");
    }

    @Test
    void aDeviceThatComputesNothingFailsAndTheReportSaysHow() throws IOException {
        Path file = folder.resolve("report.json");
        assertThat(run(
                        "kit",
                        "--device",
                        "null",
                        "--profile",
                        "core",
                        "--only",
                        "softplus",
                        "--report",
                        file.toString()))
                .isEqualTo(1);
        Json.Obj report = (Json.Obj) Json.parse(Source.of("test", file), Files.readString(file));
        assertThat(((Json.Arr) report.members().get("failures")).elements()).isNotEmpty();
        assertThat(((Json.Obj) report.members().get("laws")).members()).isNotEmpty();
    }

    @Test
    void everySoManiethOperationIsAPart() {
        assertThat(run("kit", "--device", "cpu", "--only", "arc", "--every", "100"))
                .as(output())
                .isZero();
        assertThat(output()).contains("law 1: ");
    }

    @Test
    void whatLeavesNothingToCheckIsAMistake() {
        assertThat(run("kit", "--only", "no such operation")).isEqualTo(2);
        assertThat(run("kit", "--profile", "gamer")).isEqualTo(2);
        assertThat(run("kit", "--every", "0")).isEqualTo(2);
        assertThat(output()).contains("no operation is left", "no profile 'gamer'", "--every: 0 is not positive");
    }
}

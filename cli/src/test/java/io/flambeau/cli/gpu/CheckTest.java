package io.flambeau.cli.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CheckTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true);

    @TempDir
    private Path folder;

    @Test
    void aProcessThatHangsIsStoppedWithItsChildren() throws IOException, InterruptedException {
        Stage stage = Stage.run(List.of("/bin/sh", "-c", "echo begun; sleep 1000; echo done"), 1, out);
        assertThat(stage.end()).isEqualTo("stopped after 1 s");
        assertThat(stage.isGood()).isFalse();
        assertThat(stage.output()).containsExactly("begun");
    }

    @Test
    void aProcessThatBreaksSaysSo() throws IOException, InterruptedException {
        Stage stage = Stage.run(List.of("/bin/sh", "-c", "echo no >&2; exit 3"), 100, out);
        assertThat(stage.end()).isEqualTo("failed (3)");
        assertThat(stage.json(null).toString()).contains("\"output\":[\"no\"]").doesNotContain("report");
    }

    @Test
    void onlyTheLastLinesAreKept() throws IOException, InterruptedException {
        Stage stage = Stage.run(
                List.of("/bin/sh", "-c", "i=0; while [ $i -lt 1000 ]; do echo $i; i=$((i+1)); done"), 100, out);
        assertThat(stage.output()).hasSize(400).endsWith("999");
    }

    @Test
    void aZipCannotWriteOutsideOfItsFolder() throws IOException {
        Path zip = folder.resolve("evil.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("../outside"));
        }
        assertThatThrownBy(() -> Pack.unzip(zip, folder.resolve("inside"))).hasMessageContaining("../outside");
        assertThat(folder.resolve("outside")).doesNotExist();
    }
}

package io.flambeau.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.RestoreSystemProperties;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

@RestoreSystemProperties
class TestDataTest {
    @TempDir
    private Path folder;

    @Test
    void findsWhatIsThere() throws IOException {
        Path file = Files.createFile(folder.resolve("digits"));
        System.setProperty("flambeau.testdata", folder.toString());
        assertThat(TestData.require("digits")).isEqualTo(file);
    }

    @Test
    void skipsWhereDataMayBeAbsent() {
        System.setProperty("flambeau.testdata", folder.toString());
        System.setProperty("flambeau.requireTestdata", "false");
        assertThatThrownBy(() -> TestData.require("digits"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("digits")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void failsWhereDataMustBeThere() {
        System.setProperty("flambeau.testdata", folder.toString());
        System.setProperty("flambeau.requireTestdata", "true");
        assertThatThrownBy(() -> TestData.require("digits"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("digits");
    }
}

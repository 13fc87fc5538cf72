package io.flambeau.backend.clike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCacheTest {
    private static final String PROPERTY = "flambeau.kernelcache";
    private final AtomicInteger compilations = new AtomicInteger();

    @TempDir
    Path folder;

    @BeforeEach
    void here() {
        System.setProperty(PROPERTY, folder.toString());
    }

    @AfterEach
    void elsewhere() {
        System.clearProperty(PROPERTY);
    }

    private byte[] find(String... parts) {
        return KernelCache.find(
                () -> {
                    compilations.incrementAndGet();
                    return new byte[] {1, 2, 3};
                },
                parts);
    }

    @Test
    void compilesOnce() {
        assertThat(find("source", "device")).containsExactly(1, 2, 3);
        assertThat(find("source", "device")).containsExactly(1, 2, 3);
        assertThat(compilations).hasValue(1);
    }

    @Test
    void everyPartCounts() {
        find("source", "device");
        find("source", "other device");
        find("sourced", "evice");
        assertThat(compilations).hasValue(3);
    }

    @Test
    void aDamagedFileIsCompiledAnew() throws IOException {
        find("source");
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1]++;
        Files.write(file, bytes);
        assertThat(find("source")).containsExactly(1, 2, 3);
        Files.write(file, new byte[5]);
        assertThat(find("source")).containsExactly(1, 2, 3);
        assertThat(find("source")).containsExactly(1, 2, 3);
        assertThat(compilations).hasValue(3);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsTimeOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        System.setProperty(PROPERTY, file.toString());
        assertThat(find("source")).containsExactly(1, 2, 3);
        assertThat(find("source")).containsExactly(1, 2, 3);
        assertThat(compilations).hasValue(2);
    }

    @Test
    void offKeepsNothing() throws IOException {
        System.setProperty(PROPERTY, "off");
        find("source");
        find("source");
        assertThat(compilations).hasValue(2);
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

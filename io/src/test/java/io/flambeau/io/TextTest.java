package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTest {
    @TempDir
    private Path folder;

    @Test
    void readsLines() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "\ufeffone\r\ntwo\n\n\u00e9\ud83d\ude00");
        assertThat(Text.lines(file)).containsExactly("one", "two", "", "\u00e9\ud83d\ude00");
        assertThat(Text.read(file)).startsWith("one\r\n");
        assertThat(Text.lines(Files.writeString(file, ""))).isEmpty();
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = folder.resolve("a.txt");
        byte[][] malformed = {
            {(byte) 0xFF}, {'a', (byte) 0xC3}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC0, (byte) 0x80}
        };
        for (byte[] bytes : malformed) {
            Files.write(file, bytes);
            assertThatThrownBy(() -> Text.read(file))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("is not UTF-8");
        }
    }
}

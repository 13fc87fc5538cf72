package io.flambeau.tck.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tck.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The known answers that the authors of Random123 publish. */
class PhiloxTest {
    @Test
    void givesTheKnownAnswers() throws IOException {
        List<String> lines = Files.readAllLines(TestData.require("vectors/random123/kat_vectors"));
        int checked = 0;
        for (String line : lines) {
            if (line.startsWith("philox4x32 10 ")) {
                String[] fields = line.trim().split("\\s+");
                int[] words = new int[10];
                for (int i = 0; i < words.length; i++) {
                    words[i] = Integer.parseUnsignedInt(fields[2 + i], 16);
                }
                int[] counter = {words[0], words[1], words[2], words[3]};
                assertThat(Philox.block(counter, words[4], words[5]))
                        .containsExactly(words[6], words[7], words[8], words[9]);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(3);
    }

    /** The same answers without the file, so that the definition is tested everywhere. */
    @Test
    void givesTheAnswerForZeros() {
        assertThat(Philox.block(new int[4], 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    }
}

package io.flambeau.backend.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tck.TestData;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PhiloxTest {
    /** The known answers of the generator's authors, lines of: philox4x32 10 counter key words. */
    @Test
    void knownAnswers() throws IOException {
        int seen = 0;
        try (Arena arena = Arena.ofConfined()) {
            long to = arena.allocate(16, 16).address();
            for (String line : Files.readAllLines(TestData.require("vectors/random123/kat_vectors"))) {
                String[] cells = line.trim().split("\\s+");
                if (!cells[0].equals("philox4x32") || !cells[1].equals("10")) {
                    continue;
                }
                int[] words = new int[10];
                for (int i = 0; i < 10; i++) {
                    words[i] = Integer.parseUnsignedInt(cells[2 + i], 16);
                }
                Philox.block(words[0], words[1], words[2], words[3], words[4], words[5], to);
                for (int i = 0; i < 4; i++) {
                    assertThat(Mem.i32(to + i * 4L)).isEqualTo(words[6 + i]);
                }
                seen++;
            }
        }
        assertThat(seen).isPositive();
    }

    @Test
    void anyPartOfTheStreamIsTheSame() {
        try (Arena arena = Arena.ofConfined()) {
            long whole = arena.allocate(1 << 20, 64).address();
            long part = arena.allocate(1 << 20, 64).address();
            Philox.fill(42, 5, whole, 1 << 20);
            Philox.fill(42, 5 + 1000, part, 5000 * 16 + 8);
            for (int i = 0; i < 5000 * 16 + 8; i++) {
                assertThat(Mem.i8(part + i)).isEqualTo(Mem.i8(whole + 16_000 + i));
            }
        }
    }
}

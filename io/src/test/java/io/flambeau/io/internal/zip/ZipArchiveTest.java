package io.flambeau.io.internal.zip;

import static io.flambeau.io.TestFiles.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.TestFiles;
import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
    private static final byte[] TEXT = "hello, hello, hello, hello".getBytes(StandardCharsets.UTF_8);

    private static ZipBuilder sample() {
        ZipBuilder zip = new ZipBuilder();
        zip.stored("a/one", TEXT);
        zip.deflated("a/two", TEXT);
        zip.stored("a/three", new byte[0]);
        return zip;
    }

    private static ZipArchive open(byte[] bytes) {
        return new ZipArchive(SOURCE, MemorySegment.ofArray(bytes));
    }

    private static byte[] content(ZipArchive zip, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return zip.content(zip.entries().get(name), arena).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static void readAll(byte[] bytes) {
        ZipArchive zip = open(bytes);
        zip.entries().keySet().forEach(name -> content(zip, name));
    }

    private static void refused(String message, Consumer<ZipBuilder> lie) {
        ZipBuilder zip = sample();
        lie.accept(zip);
        assertThatThrownBy(() -> readAll(zip.build()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsStoredAndDeflatedEntries() {
        ZipArchive zip = open(sample().build());
        assertThat(zip.entries().sequencedKeySet()).containsExactly("a/one", "a/two", "a/three");
        assertThat(content(zip, "a/one")).isEqualTo(TEXT);
        assertThat(content(zip, "a/two")).isEqualTo(TEXT);
        assertThat(content(zip, "a/three")).isEmpty();
    }

    @Test
    void readsWhatTheJdkWritesWithDataDescriptors() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setComment("a comment");
            for (String name : new String[] {"x", "y/\u00e9"}) {
                out.putNextEntry(new java.util.zip.ZipEntry(name));
                out.write(TEXT);
            }
        }
        ZipArchive zip = open(bytes.toByteArray());
        assertThat(content(zip, "x")).isEqualTo(TEXT);
        assertThat(content(zip, "y/\u00e9")).isEqualTo(TEXT);
    }

    @Test
    void acceptsCheckSumsOfZero() {
        ZipBuilder zip = sample();
        zip.entries.forEach(e -> e.crc = e.localCrc = 0);
        readAll(zip.build());
    }

    @Test
    void readsEveryFormOfDataDescriptor() {
        for (int form = 0; form < 4; form++) {
            ZipBuilder zip = new ZipBuilder();
            ZipBuilder.Entry entry = zip.stored("a", TEXT);
            entry.flags = 8;
            ByteBuffer trailer = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            if (form < 2) {
                trailer.putInt(0x08074B50);
            }
            trailer.putInt(entry.crc);
            if (form % 2 == 1) {
                trailer.putLong(TEXT.length).putLong(TEXT.length);
            } else {
                trailer.putInt(TEXT.length).putInt(TEXT.length);
            }
            entry.trailer = Arrays.copyOf(trailer.array(), trailer.position());
            entry.localCrc = 0;
            entry.localSize = entry.localCompressedSize = 0;
            assertThat(content(open(zip.build()), "a")).isEqualTo(TEXT);
            entry.trailer[form < 2 ? 8 : 4]++;
            assertThatThrownBy(() -> open(zip.build())).hasMessageContaining("data descriptor");
        }
    }

    @Test
    void readsZip64AndRefusesItsLies() {
        byte[] sizes = ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(TEXT.length)
                .putLong(TEXT.length)
                .array();
        ZipBuilder zip = sample();
        zip.zip64 = true;
        ZipBuilder.Entry entry = zip.entries.getFirst();
        entry.localSize = entry.localCompressedSize = 0xFFFFFFFFL;
        entry.size = entry.compressedSize = 0xFFFFFFFFL;
        entry.localExtra = sizes;
        entry.centralExtra = sizes.clone();
        readAll(zip.build());

        entry.centralExtra[4]++;
        assertThatThrownBy(() -> readAll(zip.build())).hasMessageContaining("method 0 and sizes 26 and 27");
        entry.centralExtra[12]++;
        assertThatThrownBy(() -> readAll(zip.build())).hasMessageContaining("described differently");
        entry.centralExtra[19] = -1;
        assertThatThrownBy(() -> readAll(zip.build())).hasMessageContaining("a ZIP64 field holds -");
        entry.centralExtra = new byte[0];
        assertThatThrownBy(() -> readAll(zip.build())).hasMessageContaining("ends inside a ZIP64 field");
        refused("contradicts the rest", z -> {
            z.zip64 = true;
            z.zip64Count = 1L << 40;
        });
        refused("contradicts the rest", z -> {
            z.zip64 = true;
            z.directoryOffset = 1;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../b", "..", "/etc/passwd", "a\\b", "C:/x", "c:x", "", "a\0b"})
    void refusesNamesThatLeaveTheFolder(String name) {
        ZipBuilder zip = sample();
        zip.stored(name, TEXT);
        assertThatThrownBy(() -> readAll(zip.build()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("an entry is named")
                .hasMessageContaining("FB-503");
    }

    @Test
    void refusesWhatTheHeadersSayDifferently() {
        refused("another name", z -> z.entries.get(1).localName = "a/tWo");
        refused("described differently", z -> z.entries.get(2).centralMethod = 8);
        refused("described differently", z -> z.entries.get(0).localCrc++);
        refused("described differently", z -> z.entries.get(0).localSize++);
        refused("described differently", z -> z.entries.get(0).localCompressedSize++);
        refused("described differently", z -> z.entries.get(0).localFlags = 8);
        refused("method 0 and sizes", z -> z.entries.get(0).size++);
        refused("method 12", z -> z.entries.get(0).method = z.entries.get(0).centralMethod = 12);
    }

    @Test
    void refusesEncryptionAndLinks() {
        for (int flag : new int[] {0x0001, 0x0020, 0x0040, 0x2000}) {
            refused("is encrypted or patched", z -> z.entries.get(0).flags = flag);
        }
        refused("is a symbolic link", z -> {
            z.entries.get(0).madeBy = 3 << 8 | 20;
            z.entries.get(0).attributes = 0120777L << 16;
        });
    }

    @Test
    void refusesOverlapAndHiddenBytes() {
        refused("where 0 is next", z -> z.before = TEXT);
        refused("bytes lie between", z -> z.between = TEXT);
        refused("follows the end", z -> z.after = TEXT);
        refused("no end of a ZIP directory", z -> z.after = new byte[70_000]);
        refused("is next", z -> z.entries.get(1).offset = 0);
        refused("is next", z -> z.entries.get(1).trailer = TEXT);
        // The quoted overlap: an entry whose content contains the next entry.
        refused("is next", z -> {
            ZipBuilder.Entry first = z.entries.get(0);
            first.size = first.compressedSize = first.localSize = first.localCompressedSize = TEXT.length + 40;
        });
        refused("two entries named", z -> z.stored("a/one", TEXT));
    }

    @Test
    void refusesDirectoriesThatLie() {
        refused("not where it claims", z -> z.directoryOffset = 3);
        refused("not where it claims", z -> z.directorySize = 3);
        refused("claims 65534 entries", z -> z.count = 65534);
        refused("longer than its 2 entries", z -> z.count = 2);
        refused("more than its directory can hold", z -> z.count = 4);
        refused("split archive", z -> z.disk = 1);
    }

    @Test
    void refusesBombsWithoutAllocating() {
        refused("that inflate to", z -> z.entries.get(1).size = z.entries.get(1).localSize = 1 << 30);
        ZipBuilder zip = new ZipBuilder();
        ZipBuilder.Entry bomb = zip.deflated("bomb", new byte[1 << 20]);
        bomb.size = bomb.localSize = 1000;
        assertThatThrownBy(() -> readAll(zip.build())).hasMessageContaining("more than the 1000 bytes it claims");
        bomb.size = bomb.localSize = 1 << 20 | 1;
        assertThatThrownBy(() -> readAll(zip.build())).hasMessageContaining("inflates to 1048576 bytes");
        bomb.size = bomb.localSize = 1 << 20;
        bomb.crc = ++bomb.localCrc;
        byte[] bytes = zip.build();
        assertThat(TestFiles.allocatedBytes(
                        () -> assertThatThrownBy(() -> readAll(bytes)).hasMessageContaining("check sum")))
                .isLessThan(600_000);
    }

    @Test
    void refusesDamagedContent() {
        refused("check sum", z -> z.entries.get(0).content = new byte[TEXT.length]);
        refused("its compressed data", z -> Arrays.fill(z.entries.get(1).content, (byte) 0xFF));
        refused("ends before its end", z -> {
            ZipBuilder.Entry two = z.entries.get(1);
            two.content = Arrays.copyOf(two.content, two.content.length + 3);
            two.compressedSize = two.localCompressedSize = two.content.length;
        });
    }

    @Test
    void refusesEveryPrefixAndSurvivesEveryFlip() {
        byte[] whole = sample().build();
        for (int n = 0; n < whole.length; n++) {
            byte[] prefix = Arrays.copyOf(whole, n);
            assertThatThrownBy(() -> readAll(prefix)).isInstanceOf(FormatException.class);
        }
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                try {
                    ZipArchive zip = open(flipped);
                    assertThat(zip.entries()).hasSize(3);
                    zip.entries().keySet().forEach(name -> content(zip, name));
                } catch (FormatException e) {
                    assertThat(e).hasMessageStartingWith("test: memory");
                }
            }
        }
    }

    @Test
    void showsForeignNamesOnOneLine() {
        assertThat(Source.quote("a\nb\u0000" + "c".repeat(200)))
                .hasSizeLessThan(120)
                .doesNotContain("\n", "\0");
    }
}

package io.flambeau.io.internal.torch;

import static io.flambeau.io.TestFiles.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.TestFiles;
import io.flambeau.io.internal.pickle.Pickler;
import io.flambeau.io.internal.pickle.Plain;
import io.flambeau.io.internal.pickle.TensorRef;
import io.flambeau.io.internal.zip.ZipBuilder;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchContentTest {
    private static final Object TENSOR = new Object();

    /** An archive of {"w": tensor of 3 floats}, as torch.save lays it out. */
    private static ZipBuilder sample() {
        Pickler pickler =
                new Pickler(SOURCE, value -> value == TENSOR ? new Pickler.Stored("0", DType.F32, Shape.of(3)) : null);
        ZipBuilder zip = new ZipBuilder();
        zip.stored("m/data.pkl", pickler.write(Map.of("w", TENSOR)));
        zip.stored("m/byteorder", "little");
        zip.stored("m/data/0", new byte[12]);
        zip.stored("m/version", "3\n");
        return zip;
    }

    /** Reads a file and touches every storage, as loading does. */
    private static Object load(byte[] bytes) {
        TorchContent content = TorchContent.read(SOURCE, MemorySegment.ofArray(bytes));
        try (Arena arena = Arena.ofConfined()) {
            return new Plain(SOURCE, tensor -> {
                        assertThat(content.bytes(tensor.storage(), arena).byteSize())
                                .isNotNegative();
                        return tensor;
                    })
                    .convert(content.value());
        }
    }

    private static void refused(String message, Consumer<ZipBuilder> lie) {
        ZipBuilder zip = sample();
        lie.accept(zip);
        assertThatThrownBy(() -> load(zip.build()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsAnArchive() {
        Map<?, ?> value = (Map<?, ?>) load(sample().build());
        assertThat(((TensorRef) value.get("w")).shape()).isEqualTo(Shape.of(3));
    }

    @Test
    void refusesArchivesThatAreNoCheckpoints() {
        refused("0 entries named data.pkl", z -> z.entries.removeFirst());
        refused("2 entries named data.pkl", z -> z.stored("n/data.pkl", z.entries.getFirst().content));
        refused("TorchScript", z -> z.stored("m/constants.pkl", ""));
        refused("neither little nor big", z -> {
            z.entries.remove(1);
            z.stored("m/byteorder", "middle");
        });
        refused(
                "no data for storage \"0\"",
                z -> z.entries.get(2).centralName = z.entries.get(2).localName = "m/data/1");
        refused("has 4 bytes", z -> {
            z.entries.remove(2);
            z.stored("m/data/0", new byte[4]);
        });
        refused("follows the end of its data.pkl", z -> {
            byte[] pickle = z.entries.removeFirst().content;
            z.stored("m/data.pkl", Arrays.copyOf(pickle, pickle.length + 1));
        });
    }

    @Test
    void aStorageKeyIsNeverAPath() {
        Pickler pickler = new Pickler(
                SOURCE, value -> value == TENSOR ? new Pickler.Stored("../version", DType.U8, Shape.of(2)) : null);
        ZipBuilder zip = new ZipBuilder();
        zip.stored("m/data.pkl", pickler.write(TENSOR));
        zip.stored("m/version", "3\n");
        assertThatThrownBy(() -> load(zip.build())).hasMessageContaining("no data for storage \"../version\"");
    }

    @Test
    void tellsTheOrderOfBytes() {
        ZipBuilder zip = sample();
        zip.entries.remove(1);
        assertThat(TorchContent.read(SOURCE, MemorySegment.ofArray(zip.build())).order())
                .isEqualTo(ByteOrder.LITTLE_ENDIAN);
        zip.stored("m/byteorder", "big");
        assertThat(TorchContent.read(SOURCE, MemorySegment.ofArray(zip.build())).order())
                .isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void refusesEveryPrefixAndSurvivesEveryFlipOfAnArchive() {
        prefixesAndFlips(sample().build(), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"views_and_dtypes.pt", "lenet_state_dict.pt", "checkpoint.pt", "lenet_legacy_format.pt"})
    void survivesChangesOfWhatPyTorchWrote(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TestData.require("golden/files/pt/" + name));
        load(whole);
        prefixesAndFlips(whole, whole.length / 300 + 1);
    }

    private static void prefixesAndFlips(byte[] whole, int step) {
        for (int n = 0; n < whole.length; n += step) {
            byte[] prefix = Arrays.copyOf(whole, n);
            assertThatThrownBy(() -> load(prefix)).isInstanceOf(FormatException.class);
        }
        for (int i = 0; i < whole.length; i += step) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            try {
                load(flipped);
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith("test: memory");
            }
        }
    }

    @Test
    void refusesStreamsThatLie() throws IOException {
        byte[] whole = Files.readAllBytes(TestData.require("golden/files/pt/lenet_legacy_format.pt"));
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> load(longer)).hasMessageContaining("1 bytes after them");
        byte[] lie = whole.clone();
        ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN).putLong(2014, Long.MAX_VALUE);
        long allocated = TestFiles.allocatedBytes(
                () -> assertThatThrownBy(() -> load(lie)).hasMessageContaining("claims 9223372036854775807"));
        assertThat(allocated).isLessThan(2L * whole.length);
    }
}

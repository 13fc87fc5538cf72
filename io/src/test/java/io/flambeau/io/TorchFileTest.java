package io.flambeau.io;

import static io.flambeau.io.GoldenFilesTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.zip.ZipArchive;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheStateDictsItWrites() throws IOException {
        Path file = folder.resolve("a.pt");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            tensors.put(dtype.title(), TestFiles.pattern(dtype, 2, 3));
        }
        tensors.put("scalar", TestFiles.pattern(DType.F32));
        tensors.put("empty", TestFiles.pattern(DType.F32, 0, 3));
        tensors.put("transposed", TestFiles.pattern(DType.F32, 3, 2).permute(1, 0));
        TorchFile.save(file, tensors);
        LinkedHashMap<String, Tensor> read = TorchFile.loadStateDict(file);
        assertThat(read.sequencedKeySet()).containsExactlyElementsOf(tensors.keySet());
        assertSame(read, tensors);

        ZipArchive zip = new ZipArchive(new Source("test", "a.pt"), MemorySegment.ofArray(Files.readAllBytes(file)));
        assertThat(zip.entries().sequencedKeySet())
                .startsWith("archive/data.pkl", "archive/byteorder", "archive/data/0")
                .endsWith("archive/version");
        assertThat(zip.entries().values()).allMatch(entry -> entry.data() % 64 == 0 && !entry.deflated());
    }

    @Test
    void readsTheCheckpointsItWrites() {
        Path file = folder.resolve("a.pt");
        Tensor tied = TestFiles.pattern(DType.F32, 4);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("epoch", 3);
        content.put("loss", 0.25f);
        content.put("done", false);
        content.put("nothing", null);
        content.put("list", List.of(1L, "two", List.of(3.0)));
        content.put("state", Map.of(0, Map.of("exp_avg", tied)));
        content.put("tied", tied);
        TorchFile.save(file, content);
        Map<?, ?> read = (Map<?, ?>) TorchFile.load(file);
        assertThat(read.get("epoch")).isEqualTo(3L);
        assertThat(read.get("loss")).isEqualTo(0.25);
        assertThat(read.get("done")).isEqualTo(false);
        assertThat(read.containsKey("nothing")).isTrue();
        assertThat(read.get("list")).isEqualTo(List.of(1L, "two", List.of(3.0)));
        Tensor again = (Tensor) ((Map<?, ?>) ((Map<?, ?>) read.get("state")).get(0L)).get("exp_avg");
        assertSame(again, tied);
        assertThat(again.sharesMemory((Tensor) read.get("tied"))).isTrue();
    }

    @Test
    void tellsAStateDictFromOtherThings() {
        Path file = folder.resolve("a.pt");
        TorchFile.save(file, Map.of("epoch", 3));
        assertThatThrownBy(() -> TorchFile.loadStateDict(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the value of \"epoch\" is no tensor; read it with TorchFile.load");
        TorchFile.save(file, List.of());
        assertThatThrownBy(() -> TorchFile.loadStateDict(file)).hasMessageContaining("it holds no dict");
        assertThatThrownBy(() -> TorchFile.save(file, Map.of("x", new StringBuilder())))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("java.lang.StringBuilder cannot be saved");
        assertThat(TorchFile.load(file)).isEqualTo(List.of());
    }

    @Test
    void refusesFilesOfOtherKinds() throws IOException {
        Path file = folder.resolve("a.pt");
        for (String content : new String[] {"", "\u0080", "\u0080\2K\1.", "hello", "{}", "PK\3\4", "\u0080\2."}) {
            Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> TorchFile.load(file))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("TorchFile.load: ");
        }
    }

    @Test
    void aViewIsWrittenWithoutTheRestOfItsMemory() throws IOException {
        Path file = folder.resolve("a.pt");
        Tensor view = TestFiles.pattern(DType.F32, 10_000).narrow(0, 5, 3);
        TorchFile.save(file, Map.of("view", view));
        assertThat(Files.size(file)).isLessThan(2_000);
        assertSame(TorchFile.loadStateDict(file).get("view"), view.clone());
    }
}

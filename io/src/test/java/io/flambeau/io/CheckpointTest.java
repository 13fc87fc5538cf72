package io.flambeau.io;

import static io.flambeau.io.GoldenFilesTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    private Path folder;

    /** Everything a checkpoint can hold; the files of released versions hold just this. */
    private static Map<String, Object> everything() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("epoch", 3L);
        content.put("model", Map.of("fc.weight", TestFiles.pattern(DType.F32, 2, 3)));
        Map<Object, Object> state = new LinkedHashMap<>();
        state.put(0L, Map.of("exp_avg", TestFiles.pattern(DType.F64, 2), "step", 17L));
        state.put(1L, Map.of());
        content.put("optimizer", Map.of("state", state, "param_groups", List.of(Map.of("lr", 0.001))));
        content.put("numbers", Arrays.asList(Long.MIN_VALUE, 9007199254740993L, 0.1, -0.0, 1e300, Double.NaN));
        content.put("infinite", List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        content.put("flags", Arrays.asList(true, false, null));
        content.put("text", "\u00e9\ud83d\ude00 \"quoted\"\n\0");
        content.put("odd keys", Map.of("$tensor", "not a tensor"));
        content.put("random", List.of(TestFiles.pattern(DType.U8, 16), TestFiles.pattern(DType.BOOL)));
        return content;
    }

    private static void assertEqual(Object actual, Object expected) {
        if (expected instanceof Tensor tensor) {
            assertSame((Tensor) actual, tensor);
        } else if (expected instanceof Map<?, ?> map) {
            assertThat(((Map<?, ?>) actual).keySet()).isEqualTo(map.keySet());
            map.forEach((key, value) -> assertEqual(((Map<?, ?>) actual).get(key), value));
        } else if (expected instanceof List<?> list) {
            assertThat((List<?>) actual).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                assertEqual(((List<?>) actual).get(i), list.get(i));
            }
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void readsWhatItWrites() {
        Path file = folder.resolve("run.ckpt");
        Checkpoint.save(file, everything());
        Map<String, Object> read = Checkpoint.load(file);
        assertThat(read.keySet()).containsExactlyElementsOf(everything().keySet());
        assertEqual(read, everything());
        Checkpoint.save(file, Map.of());
        assertThat(Checkpoint.load(file)).isEmpty();
    }

    /** A file of every released version stays in the resources for ever, and is read. */
    @Test
    void readsTheFilesOfAllVersions() throws URISyntaxException {
        Path version1 = Path.of(
                CheckpointTest.class.getResource("checkpoint-v1.safetensors").toURI());
        assertEqual(Checkpoint.load(version1), everything());
    }

    @Test
    void integersOfAnyWidthComeBackAsLong() {
        Path file = folder.resolve("run.ckpt");
        Checkpoint.save(file, Map.of("list", List.of(1, (short) 2, (byte) 3, 0.5f)));
        assertThat(Checkpoint.load(file)).containsEntry("list", List.of(1L, 2L, 3L, 0.5));
    }

    @Test
    void keepsWhatIsSharedAndNamesTensorsByTheirPlace() {
        Path file = folder.resolve("run.ckpt");
        Tensor tied = TestFiles.pattern(DType.F32, 2);
        Tensor other = TestFiles.pattern(DType.F32, 3);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("a", Map.of("b", tied));
        content.put("a.b", other);
        content.put("c", List.of(tied));
        Checkpoint.save(file, content);
        try (SafetensorsFile opened = Safetensors.open(file)) {
            assertThat(opened.names()).containsExactly("a.b", "a.b#2");
        }
        Map<String, Object> read = Checkpoint.load(file);
        Tensor again = (Tensor) ((Map<?, ?>) read.get("a")).get("b");
        assertThat(((List<?>) read.get("c")).getFirst()).isSameAs(again);
        assertSame((Tensor) read.get("a.b"), other);
    }

    @Test
    void refusesValuesThatHaveNoPlaceInAFile() {
        Path file = folder.resolve("run.ckpt");
        assertThatThrownBy(() -> Checkpoint.save(file, Map.of("a", List.of(new Random()))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a value of java.util.Random at \"a.0\" cannot be saved");
        assertThatThrownBy(() -> Checkpoint.save(file, Map.of("a", Map.of(0.5, 1))))
                .hasMessageContaining("a map at \"a\" has the key 0.5");
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatThrownBy(() -> Checkpoint.save(file, Map.of("a", endless))).hasMessageContaining("nested deeper");
        assertThat(file).doesNotExist();
    }

    private Path raw(String version, String content, String... tensors) {
        Path file = folder.resolve("raw.ckpt");
        Map<String, Tensor> map = new LinkedHashMap<>();
        for (String name : tensors) {
            map.put(name, TestFiles.pattern(DType.F32, 1));
        }
        Safetensors.save(file, map, Map.of("format", "flambeau-checkpoint", "version", version, "content", content));
        return file;
    }

    @Test
    void refusesWhatIsNoCheckpointOrANewerOne() {
        Path plain = folder.resolve("plain.safetensors");
        Safetensors.save(plain, Map.of("x", TestFiles.pattern(DType.F32, 1)));
        assertThatThrownBy(() -> Checkpoint.load(plain))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("it is no checkpoint; read its tensors with Safetensors.load");
        for (String[] lie : new String[][] {
            {"2", "{}", "version 2, and this Flambeau reads up to 1; update Flambeau"},
            {"x", "{}", "its version is \"x\""},
            {"0", "{}", "its version is \"0\""},
            {"1", "[]", "its content is no map"},
            {"1", "{\"$map\":[]}", "its content is no map"},
            {"1", "{", "JSON"},
            {"1", "{\"a\":{\"$tensor\":\"gone\"}}", "$tensor with \"\\\"gone\\\"\""},
            {"1", "{\"a\":{\"$tensor\":1}}", "$tensor with"},
            {"1", "{\"a\":{\"$float\":\"1.0\"}}", "$float with"},
            {"1", "{\"a\":{\"$map\":[[1]]}}", "something else than pairs"},
            {"1", "{\"a\":{\"$map\":[[1,2],[1,3]]}}", "the key \"1\" in a map"},
            {"1", "{\"a\":{\"$map\":[[0.5,2]]}}", "the key \"0.5\" in a map"},
            {"1", "{\"a\":{\"$new\":1}}", "its content has $new"},
            {"1", "{\"a\":9223372036854775808}", "as a number"}
        }) {
            Path file = raw(lie[0], lie[1]);
            assertThatThrownBy(() -> Checkpoint.load(file))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining(lie[2].replace("\\\"", "\""));
        }
        Path unused = raw("1", "{}", "x");
        assertThatThrownBy(() -> Checkpoint.load(unused)).hasMessageContaining("has 1 tensors and uses 0");
    }
}

package io.flambeau.io;

import static io.flambeau.io.GoldenFilesTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    private static Map<String, Tensor> sample() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            tensors.put(dtype.title(), TestFiles.pattern(dtype, 2, 3));
        }
        tensors.put("scalar", TestFiles.pattern(DType.F32));
        tensors.put("empty", TestFiles.pattern(DType.F64, 0, 3));
        tensors.put("transposed", TestFiles.pattern(DType.F32, 3, 2).permute(1, 0));
        return tensors;
    }

    @Test
    void readsWhatItWrites() {
        Path file = folder.resolve("a.safetensors");
        Map<String, Tensor> tensors = sample();
        Safetensors.save(file, tensors, Map.of("format", "pt"));
        LinkedHashMap<String, Tensor> read = Safetensors.load(file);
        assertThat(read.sequencedKeySet()).containsExactlyElementsOf(tensors.keySet());
        assertSame(read, tensors);
    }

    @Test
    void readsSingleTensorsLazily() {
        Path file = folder.resolve("a.safetensors");
        Safetensors.save(file, sample(), Map.of("what", "test"));
        Tensor kept;
        SafetensorsFile closed = Safetensors.open(file);
        closed.close();
        assertThat(closed.names()).contains("float32");
        assertThatThrownBy(() -> closed.tensor("float32")).hasMessageContaining("it was closed before tensor");
        try (SafetensorsFile opened = Safetensors.open(file)) {
            assertThat(opened.metadata()).containsExactly(Map.entry("what", "test"));
            assertThat(opened.names()).contains("float32", "empty");
            assertThat(opened.shape("float32")).isEqualTo(Shape.of(2, 3));
            assertThat(opened.dtype("bfloat16")).isEqualTo(DType.BF16);
            kept = opened.tensor("float32");
            assertThatThrownBy(() -> opened.tensor("flaot32"))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("there is no tensor \"flaot32\"");
        }
        assertSame(kept, sample().get("float32"));
    }

    @Test
    void aFileThatIsReplacedStaysReadableForWhoHasItOpen() {
        Path file = folder.resolve("a.safetensors");
        Tensor old = TestFiles.pattern(DType.F32, 1000);
        Safetensors.save(file, Map.of("x", old));
        try (SafetensorsFile opened = Safetensors.open(file)) {
            Safetensors.save(file, Map.of("x", Tensors.of(new float[1000], 1000)));
            assertSame(opened.tensor("x"), old);
            // Saving what was read from the file over the file itself.
            Safetensors.save(file, opened.tensors());
        }
        assertSame(Safetensors.load(file).get("x"), old);
    }

    @Test
    void readsShardsByTheirIndex() throws IOException {
        Tensor a = TestFiles.pattern(DType.F32, 2);
        Tensor b = TestFiles.pattern(DType.I64, 3);
        Safetensors.save(folder.resolve("m-1.safetensors"), Map.of("a", a));
        Safetensors.save(folder.resolve("m-2.safetensors"), Map.of("b", b));
        Path index = folder.resolve("m.safetensors.index.json");
        Files.writeString(
                index,
                "{\"metadata\":{\"total_size\":32},\"weight_map\":{\"b\":\"m-2.safetensors\",\"a\":\"m-1.safetensors\"}}");
        LinkedHashMap<String, Tensor> read = Safetensors.load(index);
        assertThat(read.sequencedKeySet()).containsExactly("b", "a");
        assertSame(read, Map.of("a", a, "b", b));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../m-1.safetensors", "/etc/passwd", "sub/m", "a\\\\b", "C:m", "..", ".", ""})
    void refusesAnIndexThatLeadsElsewhere(String name) throws IOException {
        Path index = folder.resolve("m.index.json");
        Files.writeString(index, "{\"weight_map\":{\"a\":\"" + name + "\"}}");
        assertThatThrownBy(() -> Safetensors.load(index))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("it points to the file")
                .hasMessageContaining("FB-503");
    }

    @Test
    void refusesAnIndexThatLies() throws IOException {
        Safetensors.save(folder.resolve("m-1.safetensors"), Map.of("a", TestFiles.pattern(DType.F32, 2)));
        Path index = folder.resolve("m.index.json");
        for (String[] lie : new String[][] {
            {"{\"weight_map\":{\"b\":\"m-1.safetensors\"}}", "\"b\" is not in m-1"},
            {"{\"weight_map\":{\"a\":\"gone.safetensors\"}}", "there is no such file"},
            {"{\"weight_map\":{\"a\":1}}", "does not name the file"},
            {"{\"weights\":{}}", "no weight_map"},
            {"[]", "no weight_map"},
            {"{", "JSON"}
        }) {
            Files.writeString(index, lie[0]);
            assertThatThrownBy(() -> Safetensors.load(index))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining(lie[1]);
        }
    }

    @Test
    void readsAllOrNothing() throws IOException {
        String header = "{\"a\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                + "\"b\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[2,4]}}";
        Path file = folder.resolve("f4.safetensors");
        byte[] bytes = Arrays.copyOf(new byte[] {(byte) header.length()}, 8 + header.length() + 4);
        System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, bytes, 8, header.length());
        Files.write(file, bytes);
        assertThatThrownBy(() -> Safetensors.load(file))
                .hasMessageContaining("\"b\" is stored as F4, which no tensor can hold");
        try (SafetensorsFile opened = Safetensors.open(file)) {
            assertThat(opened.tensor("a").shape()).isEqualTo(Shape.of(2));
        }
    }

    @Test
    void saysWhatIsWrongWithAPath() {
        assertThatThrownBy(() -> Safetensors.load(folder.resolve("none.safetensors")))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("Safetensors.load: cannot read ")
                .hasMessageContaining("there is no such file or folder")
                .hasMessageContaining("FB-502");
        assertThatThrownBy(() -> Safetensors.load(folder))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("FB-502");
        assertThatThrownBy(() -> Safetensors.save(folder, sample())).hasMessageContaining("it is not a regular file");
        assertThatThrownBy(() -> Safetensors.save(folder.resolve("no/such/folder"), sample()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no such file or folder");
    }

    @Test
    void anyPrefixOfAFileIsRefused() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Safetensors.save(file, Map.of("x", TestFiles.pattern(DType.F32, 2, 2)));
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n < whole.length; n++) {
            Files.write(file, Arrays.copyOf(whole, n));
            assertThatThrownBy(() -> Safetensors.load(file)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void writesLargeModelsInSeveralFiles() throws IOException {
        Map<String, Tensor> model = new LinkedHashMap<>();
        model.put("b", TestFiles.pattern(DType.F32, 5));
        model.put("a", TestFiles.pattern(DType.F64, 10));
        model.put("empty", TestFiles.pattern(DType.I64, 0));
        model.put("c", TestFiles.pattern(DType.BOOL, 3));
        model.put("d", TestFiles.pattern(DType.BF16, 20));
        Path index = folder.resolve("m.safetensors.index.json");
        Safetensors.saveSharded(index, model, 40);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "m-00001-of-00004.safetensors",
                            "m-00002-of-00004.safetensors",
                            "m-00003-of-00004.safetensors",
                            "m-00004-of-00004.safetensors",
                            "m.safetensors.index.json");
        }
        assertThat(Files.readString(index))
                .startsWith(
                        "{\"metadata\":{\"total_size\":143},\"weight_map\":{\"b\":\"m-00001-of-00004.safetensors\",");
        Map<String, Tensor> loaded = Safetensors.load(index);
        assertThat(loaded.keySet()).containsExactlyElementsOf(model.keySet());
        model.forEach((name, tensor) -> assertSame(tensor, loaded.get(name)));
        assertThat(Safetensors.load(folder.resolve("m-00003-of-00004.safetensors"))
                        .keySet())
                .containsExactly("empty", "c");
        assertThatThrownBy(() -> Safetensors.saveSharded(folder.resolve("m.safetensors"), model, 40))
                .hasMessageContaining(".safetensors.index.json");
        assertThatThrownBy(() -> Safetensors.saveSharded(index, model, 0)).hasMessageContaining("0 bytes");
    }
}

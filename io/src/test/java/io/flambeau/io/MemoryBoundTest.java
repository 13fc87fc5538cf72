package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.zip.ZipBuilder;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files made to take memory: no reader takes more of the heap than twice the file's size and a constant, see
 * Note [Budget] in {@link Budget}; everything that is allocated is counted, kept or not.
 */
class MemoryBoundTest {
    private static final int SIZE = 2 << 20;

    @TempDir
    private static Path folder;

    /** A file, and the reader that is to be tempted by it. */
    private record Temptation(String name, byte[] file, Consumer<Path> reader, long free) {
        Temptation(String name, byte[] file, Consumer<Path> reader) {
            this(name, file, reader, Budget.FREE);
        }

        /** For readers that make no objects at a file's will, and so need no budget. */
        Temptation alone() {
            return new Temptation(name, file, reader, 0);
        }
    }

    private static byte[] repeated(String start, String part, String end) {
        return (start + part.repeat(SIZE / part.length()) + end).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] safetensors(byte[] header) {
        return ByteBuffer.allocate(Long.BYTES + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static byte[] numbered(String start, String part, String end) {
        StringBuilder text = new StringBuilder(start);
        for (int i = 0; text.length() < SIZE; i++) {
            text.append(i == 0 ? "" : ",").append(part.replace("#", Integer.toString(i)));
        }
        return text.append(end).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Temptation pickle(String name, byte[] pickle) {
        ZipBuilder zip = new ZipBuilder();
        zip.stored("m/data.pkl", pickle);
        return new Temptation("pickle of " + name, zip.build(), TorchFile::load);
    }

    private static byte[] entries(String suffix, byte[] content) {
        ZipBuilder zip = new ZipBuilder();
        zip.stored("m/data.pkl", "N.");
        for (int i = 0; i < 30_000; i++) {
            zip.stored(i + suffix, content);
        }
        return zip.build();
    }

    private static List<Temptation> temptations() throws IOException {
        Path npy = folder.resolve("empty.npy");
        Npy.save(npy, TestFiles.pattern(DType.U8, 0));
        return List.of(
                new Temptation(
                        "empty tensors",
                        safetensors(
                                numbered("{", "\"#\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}", "}")),
                        Safetensors::load),
                new Temptation(
                        "free text",
                        safetensors(numbered("{\"__metadata__\":{", "\"#\":\"\"", "}}")),
                        Safetensors::load),
                new Temptation("a header of spaces", safetensors(repeated("{", " ", "}")), Safetensors::load).alone(),
                new Temptation("an index of lists", repeated("[", "[],", "[]]"), file -> {
                    Path index = file.resolveSibling("model.safetensors.index.json");
                    try {
                        Files.move(file, index);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    Safetensors.load(index);
                }),
                new Temptation(
                        "a checkpoint of numbers",
                        safetensors(repeated(
                                "{\"__metadata__\":{\"format\":\"flambeau-checkpoint\",\"version\":\"1\",\"content\":\"[",
                                "0,",
                                "0]\"}}")),
                        Checkpoint::load),
                pickle("dictionaries", repeated("", "}", "")),
                pickle("lists", repeated("(", "]", "l.")),
                pickle("nothing", repeated("(", "N", "l.")),
                pickle("nothing put away", repeated("", "N0", "N.")),
                pickle("nothing packed", repeated("N", "\u0085", ".")),
                pickle("nothing remembered", repeated("N", "\u0094", ".")),
                pickle("numbers", repeated("](", "J\u0001\u0002\u0003\u0004", "e.")),
                pickle("marks", repeated("N", "(t", ".")),
                pickle("short strings", repeated("](", "\u008c\u0001a", "e.")),
                pickle("one string", repeated("X\0\0@\0", "abcd", ".")),
                pickle("bytes", repeated("B\0\0@\0", "abcd", ".")),
                pickle("pairs", numbered("}(", "I#\nN", "u.")),
                new Temptation("empty arrays", entries(".npy", Files.readAllBytes(npy)), Npz::load),
                new Temptation("entries", entries("", new byte[0]), TorchFile::load),
                new Temptation(
                                "a table",
                                repeated("1,2\n", "10,0.5\n", ""),
                                file -> Csv.of(file).numbers())
                        .alone(),
                new Temptation(
                                "lines",
                                repeated("", "\n", "a"),
                                file -> Csv.of(file).numbers())
                        .alone(),
                new Temptation(
                                "fields",
                                repeated("", ",", ""),
                                file -> Csv.of(file).header(false).numbers())
                        .alone());
    }

    private static void staysWithin(Temptation temptation, Path file) throws IOException {
        Files.write(file, temptation.file);
        Throwable[] thrown = new Throwable[1];
        long allocated =
                TestFiles.allocatedBytes(() -> thrown[0] = catchThrowable(() -> temptation.reader.accept(file)));
        if (thrown[0] != null) {
            assertThat(thrown[0]).isInstanceOf(FormatException.class);
        }
        assertThat(allocated).isLessThan(2L * temptation.file.length + temptation.free + (1 << 20));
    }

    @TestFactory
    Stream<DynamicTest> noFileTakesMoreThanTwiceItsSize() throws IOException {
        return temptations().stream()
                .map(temptation -> DynamicTest.dynamicTest(temptation.name, () -> {
                    Path file = folder.resolve("file");
                    staysWithin(temptation, file);
                    Files.deleteIfExists(file);
                }));
    }

    @Test
    void whatTrainingWritesStaysFarBelow() throws IOException {
        Map<String, Object> state = new LinkedHashMap<>();
        for (int i = 0; i < 3000; i++) {
            state.put("layers." + i + ".weight", TestFiles.pattern(DType.F32, 8, 8));
            state.put("layers." + i + ".bias", TestFiles.pattern(DType.F32, 1));
        }
        Path file = folder.resolve("model");
        for (Consumer<Path> writer : List.<Consumer<Path>>of(
                path -> TorchFile.save(path, state),
                path -> Checkpoint.save(path, state),
                path -> Npz.save(path, tensors(state)))) {
            writer.accept(file);
            byte[] bytes = Files.readAllBytes(file);
            for (Consumer<Path> reader : List.<Consumer<Path>>of(TorchFile::load, Checkpoint::load, Npz::load)) {
                staysWithin(new Temptation("", bytes, reader), file);
            }
        }
        TorchFile.save(file, state);
        assertThat(TorchFile.loadStateDict(file)).hasSize(6000);
        byte[] whole = Files.readAllBytes(file);
        assertThat(Arrays.copyOf(whole, 2)).containsExactly('P', 'K');
    }

    @Test
    void aVocabularyIsNoAttack() throws IOException {
        Map<String, Object> vocabulary = new LinkedHashMap<>();
        for (int i = 0; i < 130_000; i++) {
            vocabulary.put("token" + i, i);
        }
        Path file = folder.resolve("vocabulary.pt");
        TorchFile.save(file, vocabulary);
        assertThat((Map<?, ?>) TorchFile.load(file)).hasSize(130_000);
        Checkpoint.save(file, Map.of("vocabulary", vocabulary));
        assertThat((Map<?, ?>) Checkpoint.load(file).get("vocabulary")).hasSize(130_000);
    }

    private static Map<String, Tensor> tensors(Map<String, Object> state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state.forEach((name, value) -> tensors.put(name, (Tensor) value));
        return tensors;
    }
}

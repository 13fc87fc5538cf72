package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.zip.ZipBuilder;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
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
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What readers allocate on files made to take memory and on ordinary ones: everything on the heap, kept or not, and the
 * tensors outside of it. None takes more than twice what the file holds and a constant, see Note [Budget] in
 * {@link Budget}.
 */
class MemoryBoundTest {
    private static final int SIZE = 2 << 20;
    /** For buffers, and for classes that are loaded on the way. */
    private static final long FIXED = 2 << 20;

    @TempDir
    private static Path folder;

    /**
     * A file, and the reader that is to be tempted by it.
     *
     * @param holds the bytes of its content, or of the tensors that are asked for where those are larger
     */
    private record Temptation(String name, byte[] file, Consumer<Path> reader, long holds, long free) {
        Temptation(String name, byte[] file, Consumer<Path> reader) {
            this(name, file, reader, file.length, Budget.FREE);
        }

        /** For readers that make no objects at a file's will, and so need no budget. */
        Temptation alone() {
            return new Temptation(name, file, reader, holds, 0);
        }

        Temptation holding(long bytes) {
            return new Temptation(name, file, reader, bytes, free);
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

    private static byte[] npy(String descr, byte[] elements, int width) {
        String dict =
                "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + elements.length / width + ",), }\n";
        return ByteBuffer.allocate(10 + dict.length() + elements.length)
                .put(("\u0093NUMPY\1\0" + (char) dict.length() + "\0" + dict).getBytes(StandardCharsets.ISO_8859_1))
                .put(elements)
                .array();
    }

    private static byte[] idx(int rank, int count) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * rank + count).putInt(0x800 + rank);
        for (int axis = 0; axis < rank; axis++) {
            file.putInt(axis == 0 ? count : 1);
        }
        return file.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write(content);
        }
        return file.toByteArray();
    }

    private static byte[] different() {
        StringBuilder text = new StringBuilder("y\n");
        for (int i = 0; text.length() < SIZE; i++) {
            text.append(i).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] compressed() throws IOException {
        Path npz = folder.resolve("compressed.npz");
        Npz.saveCompressed(npz, Map.of("zeros", Tensors.zeros(SIZE / 4)));
        return Files.readAllBytes(npz);
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
                new Temptation("an array", npy("<f4", new byte[SIZE], 4), Npy::load).alone(),
                new Temptation("an array in another order", npy(">f8", new byte[SIZE], 8), Npy::load).alone(),
                new Temptation("an array of truths", npy("|b1", new byte[SIZE], 1), Npy::load).alone(),
                new Temptation("an array that is widened", npy("<u4", new byte[SIZE], 4), Npy::load).alone(),
                new Temptation("a row", npy("<f4", new byte[SIZE], 4), file -> {
                            try (NpyFile rows = Npy.open(file)) {
                                rows.row(0);
                            }
                        })
                        .alone()
                        .holding(0),
                new Temptation("pictures in IDX", idx(3, SIZE), Idx::images).alone(),
                new Temptation("labels in IDX", idx(1, SIZE), file -> Idx.labels(file, 10))
                        .alone()
                        .holding(Long.BYTES * SIZE),
                new Temptation("pictures in compressed IDX", gzip(idx(3, SIZE)), Idx::images)
                        .alone()
                        .holding(SIZE),
                new Temptation("compressed arrays", compressed(), Npz::load).holding(SIZE),
                new Temptation("a text", repeated("", "text ", "\u00c4\u0080"), Text::read)
                        .alone()
                        .holding(3L * SIZE),
                new Temptation("lines of text", repeated("", "line\n", ""), file -> {
                            try (Stream<String> lines = Text.stream(file)) {
                                assertThat(lines.count()).isEqualTo(SIZE / 5);
                            }
                        })
                        .alone()
                        .holding(32L * SIZE / 5),
                new Temptation(
                                "records",
                                repeated("", "a,b\n", ""),
                                file -> Csv.of(file).forEach(_ -> {}))
                        .alone()
                        .holding(128L * SIZE / 4),
                new Temptation(
                                "classes",
                                repeated("y\n", "a\nb\n", ""),
                                file -> Csv.of(file).classes("y"))
                        .alone()
                        .holding(4L * SIZE),
                new Temptation(
                                "different classes",
                                different(),
                                file -> Csv.of(file).classes("y"))
                        .holding(4L * SIZE),
                new Temptation(
                                "missing numbers",
                                repeated(",\n", ",\n", ""),
                                file -> Csv.of(file).missing(0).numbers())
                        .alone()
                        .holding(4L * SIZE),
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
        Device device = Tensors.empty(0).device();
        Memory.resetPeak(device);
        long before = Memory.usage(device).live();
        long allocated =
                TestFiles.allocatedBytes(() -> thrown[0] = catchThrowable(() -> temptation.reader.accept(file)));
        allocated += Memory.usage(device).peak() - before;
        if (thrown[0] != null) {
            assertThat(thrown[0]).isInstanceOf(FormatException.class);
        }
        assertThat(allocated).isLessThan(2 * temptation.holds + temptation.free + FIXED);
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

    /** What is decoded is larger than the file; how much, the pictures' sizes say before. */
    @ParameterizedTest
    @EnumSource(Images.Mode.class)
    void aPictureTakesSixteenBytesAPixel(Images.Mode mode) throws IOException {
        int side = 1024;
        for (String format : List.of("png", "jpg", "gif", "bmp")) {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            Path file = folder.resolve("picture." + format);
            assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
            Images.read(file, mode);
            staysWithin(
                    new Temptation(format, Files.readAllBytes(file), path -> Images.read(path, mode))
                            .alone()
                            .holding(8L * side * side),
                    file);
        }
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

package io.flambeau.integration;

import static io.flambeau.tensor.Fault.BAD_ARGUMENT;
import static io.flambeau.tensor.Fault.BAD_AXIS;
import static io.flambeau.tensor.Fault.BAD_DTYPE;
import static io.flambeau.tensor.Fault.BAD_FILE;
import static io.flambeau.tensor.Fault.BAD_GRADIENT;
import static io.flambeau.tensor.Fault.BAD_RESHAPE;
import static io.flambeau.tensor.Fault.BAD_RESULT_DTYPE;
import static io.flambeau.tensor.Fault.BAD_SHAPE;
import static io.flambeau.tensor.Fault.DEVICE_MISMATCH;
import static io.flambeau.tensor.Fault.DTYPE_MISMATCH;
import static io.flambeau.tensor.Fault.GRAPH_FREED;
import static io.flambeau.tensor.Fault.INDEX_RANGE;
import static io.flambeau.tensor.Fault.LEAF_WRITE;
import static io.flambeau.tensor.Fault.NO_BACKEND;
import static io.flambeau.tensor.Fault.NO_BROADCAST;
import static io.flambeau.tensor.Fault.NO_GRAPH;
import static io.flambeau.tensor.Fault.OUT_OF_MEMORY;
import static io.flambeau.tensor.Fault.OVERWRITTEN;
import static io.flambeau.tensor.Fault.RELEASED;
import static io.flambeau.tensor.Fault.SHAPE_MISMATCH;
import static io.flambeau.tensor.Fault.VIEW_WRITE;
import static io.flambeau.tensor.Fault.WRONG_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flambeau.io.Idx;
import io.flambeau.io.Safetensors;
import io.flambeau.nn.F;
import io.flambeau.nn.layer.Linear;
import io.flambeau.tck.LeakCheck;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.NoBackendException;
import io.flambeau.tensor.OutOfDeviceMemoryException;
import io.flambeau.tensor.ReleasedException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The list of what users get wrong: each mistake is a typed error whose sentence names the operation and the values, and
 * leaves nothing behind, neither memory nor files. Missing modules are in {@link MissingModulesTest}, two threads that
 * train at once in {@link TrainingAtOnceTest}; damaged files of every format in the tests of {@code io}.
 */
class MistakesTest {
    private static final Device CPU = Device.CPU;

    @TempDir
    private static Path folder;

    /** A call that must fail. */
    private record Mistake(
            String name, Class<? extends TensorException> type, Fault fault, Runnable call, String... says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Call(String name, Runnable body) {
        Mistake is(Class<? extends TensorException> type, Fault fault, String... says) {
            return new Mistake(name, type, fault, body, says);
        }
    }

    private static Call mistake(String name, Runnable body) {
        return new Call(name, body);
    }

    private static Tensor f32(float... values) {
        return Tensors.of(values);
    }

    private static Tensor leaf(float... values) {
        return f32(values).requiresGrad(true);
    }

    static Stream<Mistake> shapes() {
        Class<ShapeException> type = ShapeException.class;
        return Stream.of(
                mistake("sums that do not broadcast", () -> Tensors.ones(2, 3).add(Tensors.ones(3, 2)))
                        .is(type, NO_BROADCAST, "add: ", "[2, 3]", "[3, 2]", "axis -1 is 3 on the left and 2"),
                mistake("products of matrices", () -> Tensors.ones(2, 3).matmul(Tensors.ones(2, 3)))
                        .is(type, SHAPE_MISMATCH, "matmul: ", "[2, 3]", "3 columns", "2 rows"),
                mistake("a layer and its input", () -> new Linear(10, 5).call(Tensors.ones(4, 9)))
                        .is(type, SHAPE_MISMATCH, "linear: ", "[4, 9]", "10"),
                mistake("reshape", () -> Tensors.ones(2, 3).reshape(4))
                        .is(type, BAD_RESHAPE, "reshape: ", "[2, 3] holds 6", "[4] holds 4"),
                mistake("cat", () -> Tensors.cat(0, Tensors.ones(2, 3), Tensors.ones(2, 2)))
                        .is(type, SHAPE_MISMATCH, "cat: ", "[2, 3]", "[2, 2]"),
                mistake("in place", () -> Tensors.ones(2).add_(Tensors.ones(3)))
                        .is(type, NO_BROADCAST, "add_: ", "[2]", "[3]"),
                mistake("an axis beyond the rank", () -> Tensors.ones(2, 3).sum(2))
                        .is(type, BAD_AXIS, "sum: ", "axis 2", "[2, 3]"),
                mistake("a loss and its target", () -> F.crossEntropy(Tensors.ones(4, 3), Tensors.zeros(DType.I64, 5)))
                        .is(type, SHAPE_MISMATCH, "crossEntropy: ", "[5]"),
                mistake("a gradient", () -> leaf(1, 2).mul(2).backward(Tensors.ones(3)))
                        .is(GradientException.class, BAD_GRADIENT, "backward: ", "[3]", "[2]"));
    }

    static Stream<Mistake> dtypes() {
        Class<DTypeException> type = DTypeException.class;
        return Stream.of(
                mistake("a mean of integers", () -> Tensors.arange(3).mean()).is(type, BAD_DTYPE, "mean: ", "int64"),
                mistake("a product of unequal dtypes", () -> Tensors.ones(2, 2).matmul(Tensors.ones(DType.F64, 2, 2)))
                        .is(type, DTYPE_MISMATCH, "matmul: ", "float32", "float64"),
                mistake(
                                "a difference of booleans",
                                () -> Tensors.ones(DType.BOOL, 2).sub(Tensors.ones(DType.BOOL, 2)))
                        .is(type, BAD_DTYPE, "sub: ", "bool"),
                mistake("floats into integers in place", () -> Tensors.arange(3).add_(f32(1, 2, 3)))
                        .is(type, BAD_RESULT_DTYPE, "add_: ", "float32", "int64"),
                mistake("floating indices", () -> Tensors.ones(3).indexSelect(0, f32(1)))
                        .is(type, BAD_DTYPE, "indexSelect: ", "float32"),
                mistake("a gradient of integers", () -> Tensors.arange(3).requiresGrad(true))
                        .is(type, BAD_DTYPE, "requiresGrad: ", "int64"));
    }

    static Stream<Mistake> sizes() {
        return Stream.of(
                mistake("a negative size", () -> Tensors.zeros(2, -1))
                        .is(ShapeException.class, BAD_SHAPE, "zeros: ", "size -1", "[2, -1]"),
                mistake("a product of sizes beyond 63 bits", () -> Tensors.zeros(1L << 40, 1L << 40))
                        .is(ShapeException.class, BAD_SHAPE, "zeros: ", "1099511627776"),
                mistake("bytes beyond 63 bits", () -> Tensors.zeros(DType.C128, 1L << 61))
                        .is(ShapeException.class, BAD_SHAPE, "2305843009213693952"),
                mistake("more than the machine has", () -> Tensors.zeros(1L << 50))
                        .is(OutOfDeviceMemoryException.class, OUT_OF_MEMORY, "fill: 4503599627370496 bytes", "cpu:0"),
                mistake("an expansion beyond 63 bits", () -> Tensors.ones(1).expand(1L << 40, 1L << 40))
                        .is(ShapeException.class, BAD_SHAPE, "expand: ", "1099511627776"),
                mistake("a negative number of steps", () -> Tensors.linspace(0, 1, -3, DType.F32))
                        .is(ArgumentException.class, BAD_ARGUMENT, "linspace: ", "-3"),
                mistake("a layer of a negative width", () -> new Linear(3, -2))
                        .is(ShapeException.class, BAD_SHAPE, "-2"));
    }

    static Stream<Mistake> indices() {
        Class<IndexException> type = IndexException.class;
        return Stream.of(
                mistake("gather", () -> Tensors.ones(3).gather(0, Tensors.of(new long[] {0, 4})))
                        .is(type, INDEX_RANGE, "gather: ", "index 4", "size 3"),
                mistake("a negative index of gather", () -> Tensors.ones(3).gather(0, Tensors.of(new long[] {-1})))
                        .is(type, INDEX_RANGE, "gather: ", "index -1", "size 3"),
                mistake("scatter", () -> Tensors.ones(3).scatter(0, Tensors.of(new long[] {7}), f32(1)))
                        .is(type, INDEX_RANGE, "scatter", "index 7", "size 3"),
                mistake("indexSelect", () -> Tensors.ones(2, 3).indexSelect(1, Tensors.of(new long[] {3})))
                        .is(type, INDEX_RANGE, "3", "size 3"),
                mistake("select", () -> Tensors.ones(2, 3).select(0, 2))
                        .is(type, INDEX_RANGE, "select: index 2", "[2, 3]"),
                mistake("narrow", () -> Tensors.ones(2, 3).narrow(1, 2, 2)).is(type, INDEX_RANGE, "narrow: ", "3"),
                mistake(
                                "a word beyond the vocabulary",
                                () -> F.embedding(Tensors.of(new long[] {1, 10}), Tensors.ones(10, 4)))
                        .is(type, INDEX_RANGE, "embedding: ", "10"),
                mistake(
                                "a label beyond the classes",
                                () -> F.crossEntropy(Tensors.ones(2, 3), Tensors.of(new long[] {0, 3})))
                        .is(type, INDEX_RANGE, "crossEntropy: ", "3"));
    }

    static Stream<Mistake> lifetimes() {
        return Stream.of(
                mistake("use after release", () -> made("step").add(1))
                        .is(ReleasedException.class, RELEASED, "add: ", "scope \"step\" closed", "keep"),
                mistake("reading after release", () -> made("step").toFloatArray())
                        .is(ReleasedException.class, RELEASED, "scope \"step\" closed"),
                mistake("a view after release", () -> made("step").reshape(2, 1).sum())
                        .is(ReleasedException.class, RELEASED, "scope \"step\" closed"),
                mistake("writing after release", () -> made("step").zero_())
                        .is(ReleasedException.class, RELEASED, "scope \"step\" closed"),
                mistake("an open scope's tensor in another thread", () -> {
                            try (Scope _ = Scope.open("mine")) {
                                Tensor x = f32(1, 2);
                                elsewhere(x::exp);
                            }
                        })
                        .is(ReleasedException.class, WRONG_THREAD, "exp: ", "scope \"mine\" of thread", "share"),
                mistake("a closed scope's tensor in another thread", () -> {
                            Tensor x = made("closed");
                            elsewhere(x::exp);
                        })
                        .is(ReleasedException.class, RELEASED, "exp: ", "scope \"closed\" closed"));
    }

    static Stream<Mistake> gradients() {
        Class<GradientException> type = GradientException.class;
        return Stream.of(
                mistake("backward twice", () -> {
                            Tensor loss = leaf(1, 2).square().sum();
                            loss.backward();
                            loss.backward();
                        })
                        .is(type, GRAPH_FREED, "backward", "retainGraph"),
                mistake("a write to what a gradient needs", () -> {
                            Tensor y = leaf(1, 2).exp();
                            Tensor loss = y.sum();
                            y.mul_(2);
                            Tensor more = y.sum().add(loss);
                            more.backward();
                        })
                        .is(type, OVERWRITTEN, "exp"),
                mistake("a write to a leaf", () -> leaf(1, 2).add_(1)).is(type, LEAF_WRITE, "add_: ", "noGrad"),
                mistake(
                                "a write to one of several views",
                                () -> leaf(1, 2).mul(1).unbind(0)[0].mul_(2))
                        .is(type, VIEW_WRITE, "mul_: ", "unbind"),
                mistake("backward of a vector", () -> leaf(1, 2).mul(2).backward())
                        .is(type, NO_GRAPH, "backward: ", "[2]"),
                mistake("backward of a constant", () -> f32(1).backward()).is(type, NO_GRAPH, "backward: "));
    }

    static Stream<Mistake> devices() {
        return Stream.of(
                mistake("a device that is not there", () -> Tensors.ones(1).to(Device.of("abacus:1")))
                        .is(NoBackendException.class, NO_BACKEND, "device: ", "'abacus'", "flambeau-backend-abacus"),
                mistake("tensors of two devices", () -> f32(1, 2).add(f32(1, 2).to(Device.of("reference"))))
                        .is(io.flambeau.tensor.DeviceException.class, DEVICE_MISMATCH, "add: ", "cpu:0", "reference:0"),
                mistake("no number of a device", () -> Device.of("cpu:x"))
                        .is(io.flambeau.tensor.DeviceException.class, BAD_ARGUMENT, "device: ", "'cpu:x'"));
    }

    static Stream<Mistake> files() {
        Class<FormatException> type = FormatException.class;
        return Stream.of(
                mistake("a truncated IDX file", () -> Idx.load(file(idx(3, 2, 2), -1)))
                        .is(type, BAD_FILE, "Idx.load: ", "bad.file"),
                mistake("an IDX file with too much", () -> Idx.load(file(idx(3, 2, 2), 1)))
                        .is(type, BAD_FILE, "Idx.load: "),
                mistake("an IDX file that lies", () -> Idx.load(file(idx(Integer.MAX_VALUE, 28, 28), -4)))
                        .is(type, BAD_FILE, "Idx.load: ", "2147483647"),
                mistake("an IDX file of negative size", () -> Idx.load(file(idx(-3, 2, 2), 24)))
                        .is(type, BAD_FILE, "Idx.load: "),
                mistake("a truncated safetensors file", () -> Safetensors.load(file(safetensors(8), -1)))
                        .is(type, BAD_FILE, "Safetensors.load: ", "bad.file"),
                mistake("a safetensors file whose header lies", () -> Safetensors.load(file(safetensors(1L << 40), 0)))
                        .is(type, BAD_FILE, "Safetensors.load: "),
                mistake(
                                "a safetensors file without end",
                                () -> Safetensors.load(
                                        file(ByteBuffer.allocate(8).putLong(-1).array(), 0)))
                        .is(type, BAD_FILE, "Safetensors.load: "));
    }

    @ParameterizedTest
    @MethodSource({"shapes", "dtypes", "sizes", "indices", "lifetimes", "gradients", "devices", "files"})
    void isRefusedInWordsAndLeavesNothing(Mistake mistake) throws IOException {
        List<Path> before = listing();
        try (LeakCheck _ = LeakCheck.of(CPU)) {
            assertThatThrownBy(mistake.call::run)
                    .isExactlyInstanceOf(mistake.type)
                    .hasMessageMatching("(?s)[\\w.]+: .+ \\(" + mistake.fault.code() + "\\)")
                    .hasMessageContainingAll(mistake.says)
                    .satisfies(e -> assertThat(((TensorException) e).fault()).isEqualTo(mistake.fault));
        }
        Files.deleteIfExists(folder.resolve("bad.file"));
        assertThat(listing()).isEqualTo(before);
    }

    /** The system refuses to let any file grow beyond a part of what is to be written. */
    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws Exception {
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(bash), "needs a shell that can limit the size of files");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path place = Files.createDirectory(folder.resolve("place"));
        Path file = place.resolve("model.safetensors");
        Safetensors.save(file, Map.of("w", f32(1, 2, 3)));
        byte[] old = Files.readAllBytes(file);
        Sources.compile(classes, List.of("""
                import io.flambeau.io.Safetensors;
                import io.flambeau.nn.layer.Linear;
                import io.flambeau.tensor.FormatException;
                import java.nio.file.Path;

                void main(String[] arguments) {
                    try {
                        Safetensors.save(Path.of(arguments[0]), new Linear(300, 300).stateDict());
                    } catch (FormatException e) {
                        IO.println(e.getMessage());
                    }
                }
                """));
        Process process = new ProcessBuilder(
                        bash.toString(),
                        "-c",
                        "ulimit -f 100; exec \"$@\"",
                        "limited",
                        Jvm.JAVA,
                        "-XX:-UsePerfData",
                        "-cp",
                        Sources.classPath(classes),
                        Sources.COMPACT,
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said)
                .startsWith("Safetensors.save: cannot write " + file)
                .contains("nothing was changed")
                .endsWith("(FB-502)\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(old);
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).containsExactly(file);
        }
    }

    private static List<Path> listing() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    /** A tensor of a scope that is closed. */
    private static Tensor made(String scope) {
        try (Scope _ = Scope.open(scope)) {
            return f32(1, 2);
        }
    }

    private static void elsewhere(Runnable body) {
        try {
            CompletableFuture.runAsync(body).join();
        } catch (CompletionException e) {
            throw (TensorException) e.getCause();
        }
    }

    private static byte[] idx(int... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + 12).putInt(0x0803);
        Arrays.stream(sizes).forEach(bytes::putInt);
        return bytes.array();
    }

    private static byte[] safetensors(long end) {
        byte[] header = ("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0," + end + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(16 + header.length)
                .putLong(Long.reverseBytes(header.length))
                .put(header)
                .array();
    }

    /** A file of these bytes, with some more or fewer. */
    private static Path file(byte[] bytes, int more) {
        try {
            return Files.write(folder.resolve("bad.file"), Arrays.copyOf(bytes, bytes.length + more));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

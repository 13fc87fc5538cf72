package io.flambeau.conformance;

import io.flambeau.io.Npy;
import io.flambeau.io.Npz;
import io.flambeau.io.Safetensors;
import io.flambeau.io.TorchFile;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code files/}: what NumPy and PyTorch wrote reads bit for bit as the tensors in the {@code expected.safetensors} files
 * beside it. An archive or state dict is compared with the file of the same names; a checkpoint by the state dicts in it.
 */
final class FileSuite implements Suite {
    private static final String EXPECTED = "expected.safetensors";
    private static final List<String> EXTENSIONS = List.of(".npy", ".npz", ".pt", ".pth");

    @Override
    public String place() {
        return "files";
    }

    @Override
    public List<Path> files(Path place, String filter) throws IOException {
        try (Stream<Path> all = Files.walk(place, 2)) {
            return all.filter(file -> EXTENSIONS.contains(extension(file)))
                    .filter(file -> file.getFileName().toString().startsWith(filter))
                    .sorted()
                    .toList();
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(Math.max(name.lastIndexOf('.'), 0));
    }

    @Override
    public void check(Path file, Consumer<Outcome> outcomes) {
        String id = "files." + file.getFileName();
        try (Scope _ = Scope.open("case")) {
            outcomes.accept(outcome(id, file));
        } catch (TensorException e) {
            outcomes.accept(Outcome.failed(id, String.valueOf(e.getMessage()), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome outcome(String id, Path file) throws IOException {
        List<Map<String, Tensor>> read = new ArrayList<>();
        switch (extension(file)) {
            case ".npy" -> read.add(Map.of(stem(file), Npy.load(file)));
            case ".npz" -> read.add(Npz.load(file));
            default -> collect(TorchFile.load(file), read);
        }
        boolean compared = false;
        for (Map<String, Tensor> expected : expectations(file)) {
            for (Map<String, Tensor> actual : read) {
                boolean one = actual.size() == 1 && expected.keySet().containsAll(actual.keySet());
                if (one || actual.keySet().equals(expected.keySet())) {
                    compared = true;
                    for (Map.Entry<String, Tensor> entry : actual.entrySet()) {
                        String difference = difference(entry.getValue(), expected.get(entry.getKey()));
                        if (difference != null) {
                            return Outcome.failed(id, entry.getKey() + ": " + difference, 0);
                        }
                    }
                }
            }
        }
        return compared ? Outcome.passed(id) : Outcome.failed(id, "no file beside it expects what was read", 0);
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static List<Map<String, Tensor>> expectations(Path file) throws IOException {
        try (Stream<Path> beside = Files.list(file.resolveSibling("."))) {
            return beside.filter(other -> other.getFileName().toString().endsWith(EXPECTED))
                    .<Map<String, Tensor>>map(Safetensors::load)
                    .toList();
        }
    }

    /** The state dicts inside a value: the maps of names to tensors. */
    private static void collect(@Nullable Object value, List<Map<String, Tensor>> found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, found));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            map.forEach((key, element) -> {
                if (key instanceof String name && element instanceof Tensor tensor) {
                    tensors.put(name, tensor);
                }
            });
            if (!tensors.isEmpty() && tensors.size() == map.size()) {
                found.add(tensors);
            }
            map.values().forEach(element -> collect(element, found));
        }
    }

    private static @Nullable String difference(Tensor actual, @Nullable Tensor expected) {
        if (expected == null) {
            return "is not expected";
        }
        if (actual.dtype() != expected.dtype() || !actual.shape().equals(expected.shape())) {
            return "expected " + expected.dtype() + expected.shape() + " and read " + actual.dtype() + actual.shape();
        }
        int at = Arrays.mismatch(actual.toByteArray(), expected.toByteArray());
        return at < 0 ? null : "element " + at / actual.dtype().bytes() + " differs";
    }
}

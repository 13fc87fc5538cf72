package io.flambeau.io;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.MappedFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.pickle.Pickler;
import io.flambeau.io.internal.pickle.Plain;
import io.flambeau.io.internal.torch.TensorLoader;
import io.flambeau.io.internal.torch.TorchContent;
import io.flambeau.io.internal.zip.ZipWriter;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's {@code .pt} and {@code .pth} files, as {@code torch.save} writes them: state dicts and checkpoints.
 *
 * {@snippet :
 * // torch.save(model.state_dict(), "model.pt")
 * model.loadStateDict(TorchFile.loadStateDict(Path.of("model.pt")));
 *
 * // torch.load("ours.pt", weights_only=True)
 * TorchFile.save(Path.of("ours.pt"), model.stateDict());
 * }
 *
 * <p>The pickle inside is read by an interpreter of a fixed list of operations and names; it cannot run code, whatever
 * the file says. A whole module that was saved instead of its state dict is therefore refused. Both the archives of
 * today and the streams from before PyTorch 1.6 are read. Tensors that share memory in the file share memory here.
 */
public final class TorchFile {
    private static final String SAVE = "TorchFile.save";
    private static final int ALIGNMENT = 64;

    private TorchFile() {}

    /**
     * Reads whatever was saved.
     *
     * <p>Python's dicts become {@code LinkedHashMap<Object, Object>} with String, Long, Double or Boolean keys, lists
     * and tuples {@code List<Object>}, sets {@code Set<Object>}, ints Long or BigInteger, floats Double, None null, bytes
     * {@code byte[]}, devices String, dtypes DType, and parameters plain tensors that require no grad.
     *
     * @throws FormatException if there is no such file, if it is damaged, or if only Python code could rebuild it
     */
    public static @Nullable Object load(Path file) {
        return load("TorchFile.load", file);
    }

    /**
     * Reads a state dict: a map of names to tensors.
     *
     * @throws FormatException as {@link #load} does, or if the file holds something else
     */
    public static LinkedHashMap<String, Tensor> loadStateDict(Path file) {
        String operation = "TorchFile.loadStateDict";
        Source source = Source.of(operation, file);
        if (!(load(operation, file) instanceof Map<?, ?> map)) {
            throw source.refuse("it holds no dict", "read it with TorchFile.load");
        }
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name && value instanceof Tensor tensor)) {
                throw source.refuse(
                        "it is no state dict: the value of " + Source.quote(String.valueOf(key)) + " is no tensor",
                        "read it with TorchFile.load and take the state dict from it");
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }

    private static @Nullable Object load(String operation, Path file) {
        return MappedFile.read(operation, file, mapped -> {
            TorchContent content = TorchContent.read(mapped.source(), mapped.bytes());
            TensorLoader loader = new TensorLoader(mapped.source(), content);
            try (Scope scope = Scope.open(operation)) {
                Object value = new Plain(mapped.source(), loader::load).convert(content.value());
                loader.loaded().forEach(scope::keepGraph);
                return value;
            }
        });
    }

    /**
     * Writes nested maps, lists, numbers, booleans, text and tensors for {@code torch.load}, replacing the file in one
     * step. A tensor that occurs twice is written once and shared when it is read.
     *
     * @param value for example a state dict; keys of maps are text or integers
     * @throws FormatException if it holds something else, or if the file cannot be written; the old one, if any, is
     *     then as it was
     */
    public static void save(Path file, @Nullable Object value) {
        Source source = Source.of(SAVE, file);
        List<Tensor> tensors = new ArrayList<>();
        Map<Tensor, String> keys = new IdentityHashMap<>();
        Pickler pickler = new Pickler(source, item -> {
            if (!(item instanceof Tensor tensor)) {
                return null;
            }
            String key = keys.computeIfAbsent(tensor, added -> {
                tensors.add(added);
                return Integer.toString(tensors.size() - 1);
            });
            return new Pickler.Stored(key, tensor.dtype(), tensor.shape());
        });
        byte[] pickle = pickler.write(value);
        AtomicFile.write(SAVE, file, channel -> {
            ZipWriter zip = new ZipWriter(channel, ALIGNMENT, false);
            zip.add("archive/data.pkl", pickle);
            zip.add("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < tensors.size(); i++) {
                try (Arena arena = Arena.ofConfined()) {
                    String key = Integer.toString(i);
                    zip.add("archive/data/" + key, Host.littleEndian(source, key, tensors.get(i), arena));
                }
            }
            zip.add("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
            zip.finish();
        });
    }
}

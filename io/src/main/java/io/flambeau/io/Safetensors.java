package io.flambeau.io;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.Output;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.safetensors.Header;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The <a href="https://github.com/huggingface/safetensors">safetensors</a> format: named tensors behind a small header.
 *
 * {@snippet :
 * Safetensors.save(Path.of("model.safetensors"), model.stateDict());
 * model.loadStateDict(Safetensors.load(Path.of("model.safetensors")));
 *
 * try (SafetensorsFile file = Safetensors.open(Path.of("large.safetensors.index.json"))) {
 *     Tensor one = file.tensor("layers.0.weight"); // nothing else is read
 * }
 * }
 */
public final class Safetensors {
    private static final String SAVE = "Safetensors.save";

    private Safetensors() {}

    /**
     * Reads all tensors, in the order of the header.
     *
     * @param file a file, or the {@code .json} index of a model in several files beside it
     * @throws FormatException if there is no such file, or it breaks any rule of the format
     */
    public static LinkedHashMap<String, Tensor> load(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open("Safetensors.load", file)) {
            return opened.tensors();
        }
    }

    /**
     * Opens a file to read single tensors of it. Only its header is read and checked now.
     *
     * @param file a file, or the {@code .json} index of a model in several files beside it
     * @throws FormatException if there is no such file, or it breaks any rule of the format
     */
    public static SafetensorsFile open(Path file) {
        return SafetensorsFile.open("Safetensors.open", file);
    }

    /** Writes tensors to a file, replacing it in one step. */
    public static void save(Path file, Map<String, Tensor> tensors) {
        save(file, tensors, Map.of());
    }

    /**
     * Writes tensors and free text to a file, replacing it in one step; the names keep their order.
     *
     * @throws FormatException if the file cannot be written; the old one, if any, is then as it was
     */
    public static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        Source source = Source.of(SAVE, file);
        List<Map.Entry<String, Tensor>> entries = List.copyOf(new LinkedHashMap<>(tensors).entrySet());
        Header.Plan plan = Header.plan(
                source,
                entries.stream()
                        .map(e -> new Header.Item(
                                e.getKey(), e.getValue().dtype(), e.getValue().shape()))
                        .toList(),
                metadata);
        AtomicFile.write(SAVE, file, channel -> {
            Output.write(channel, plan.head());
            for (int index : plan.order()) {
                Map.Entry<String, Tensor> entry = entries.get(index);
                try (Arena arena = Arena.ofConfined()) {
                    Output.write(channel, Host.littleEndian(source, entry.getKey(), entry.getValue(), arena));
                }
            }
        });
    }
}

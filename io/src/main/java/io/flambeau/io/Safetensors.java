package io.flambeau.io;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.Output;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.io.internal.safetensors.Header;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The <a href="https://github.com/huggingface/safetensors">safetensors</a> format: named tensors behind a small header.
 *
 * {@snippet :
 * Safetensors.save(Path.of("model.safetensors"), model.stateDict());
 * Safetensors.saveSharded(Path.of("large.safetensors.index.json"), large.stateDict(), 5_000_000_000L);
 * model.loadStateDict(Safetensors.load(Path.of("model.safetensors")));
 *
 * try (SafetensorsFile file = Safetensors.open(Path.of("large.safetensors.index.json"))) {
 *     Tensor one = file.tensor("layers.0.weight"); // nothing else is read
 * }
 * }
 */
public final class Safetensors {
    private static final String SAVE = "Safetensors.save";
    private static final String INDEX = ".safetensors.index.json";

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

    /**
     * Writes tensors as several files {@code NAME-00001-of-0000N.safetensors} and their index
     * {@code NAME.safetensors.index.json}, as large models are shared. The index is replaced last, in one step.
     *
     * @param index where the index goes; its name ends in {@code .safetensors.index.json}
     * @param shardBytes the most bytes of tensors in a file; a larger tensor has a file of its own
     * @throws FormatException if a file cannot be written; the old index, if any, is then as it was, and so are its files
     *     unless there were as many
     */
    public static void saveSharded(Path index, Map<String, Tensor> tensors, long shardBytes) {
        Source source = Source.of("Safetensors.saveSharded", index);
        String name = index.getFileName().toString();
        if (!name.endsWith(INDEX)) {
            throw source.refuse("it is no name of an index", "let it end in " + INDEX);
        }
        if (shardBytes <= 0) {
            throw source.refuse("files of " + shardBytes + " bytes hold nothing", "give a positive number");
        }
        List<Map<String, Tensor>> shards = shards(tensors, shardBytes);
        Map<String, Json> weights = new LinkedHashMap<>();
        long total = 0;
        for (int i = 0; i < shards.size(); i++) {
            String shard = String.format(
                    Locale.ROOT,
                    "%s-%05d-of-%05d.safetensors",
                    name.substring(0, name.length() - INDEX.length()),
                    i + 1,
                    shards.size());
            save(index.resolveSibling(shard), shards.get(i), Map.of("format", "pt"));
            for (Map.Entry<String, Tensor> entry : shards.get(i).entrySet()) {
                weights.put(entry.getKey(), new Json.Str(shard));
                total += bytes(entry.getValue());
            }
        }
        Map<String, Json> content = new LinkedHashMap<>();
        content.put("metadata", new Json.Obj(Map.of("total_size", Json.Num.of(total))));
        content.put("weight_map", new Json.Obj(weights));
        byte[] text = source.utf8(new Json.Obj(content) + "\n");
        AtomicFile.write(source.operation(), index, channel -> Output.write(channel, ByteBuffer.wrap(text)));
    }

    private static long bytes(Tensor tensor) {
        return tensor.count() * tensor.dtype().bytes();
    }

    /** The tensors in their order, cut where a file is full. */
    private static List<Map<String, Tensor>> shards(Map<String, Tensor> tensors, long shardBytes) {
        List<Map<String, Tensor>> shards = new ArrayList<>();
        long filled = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long bytes = bytes(entry.getValue());
            if (shards.isEmpty() || bytes > shardBytes - filled) {
                shards.add(new LinkedHashMap<>());
                filled = 0;
            }
            shards.getLast().put(entry.getKey(), entry.getValue());
            filled += bytes;
        }
        return shards;
    }
}

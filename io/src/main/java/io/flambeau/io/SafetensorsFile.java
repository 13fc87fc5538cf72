package io.flambeau.io;

import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.MappedFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.io.internal.safetensors.Header;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A safetensors file, or several with an index, mapped into memory: each tensor is read when it is asked for. Any thread
 * may read; close it when no thread does any more. Tensors that were read stay.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final String INDEX = ".json";

    private final String operation;
    private final List<Shard> shards = new ArrayList<>();
    private final SequencedMap<String, Place> places = new LinkedHashMap<>();
    private final SequencedMap<String, String> metadata = new LinkedHashMap<>();

    private record Shard(MappedFile file, Header header) {}

    private record Place(Shard shard, Header.Entry entry) {}

    private SafetensorsFile(String operation) {
        this.operation = operation;
    }

    static SafetensorsFile open(String operation, Path file) {
        SafetensorsFile opened = new SafetensorsFile(operation);
        try {
            if (file.toString().endsWith(INDEX)) {
                opened.addIndexed(file);
            } else {
                Shard shard = opened.shard(file);
                shard.header.entries().forEach((name, entry) -> opened.places.put(name, new Place(shard, entry)));
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private Shard shard(Path path) {
        MappedFile file = MappedFile.open(operation, path);
        try {
            Shard shard = new Shard(file, Header.parse(file.source(), file.bytes()));
            shards.add(shard);
            metadata.putAll(shard.header.metadata());
            return shard;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Reads an index, a JSON object whose {@code weight_map} tells the file of each tensor. */
    private void addIndexed(Path index) {
        Source source = Source.of(operation, index);
        Json json = MappedFile.read(operation, index, file -> Json.parse(source, file.bytes()));
        if (!(json instanceof Json.Obj object && object.members().get("weight_map") instanceof Json.Obj weights)) {
            throw source.bad("it is no index: it has no weight_map");
        }
        Map<String, Shard> opened = new HashMap<>();
        weights.members().forEach((name, file) -> {
            if (!(file instanceof Json.Str(String fileName))) {
                throw source.bad("it does not name the file of tensor " + Source.quote(name));
            }
            Shard shard = opened.computeIfAbsent(fileName, _ -> shard(sibling(source, index, fileName)));
            Header.Entry entry = shard.header.entries().get(name);
            if (entry == null) {
                throw source.bad("tensor " + Source.quote(name) + " is not in " + fileName);
            }
            places.put(name, new Place(shard, entry));
        });
    }

    /** A file beside the index: its name may lead nowhere else. */
    private static Path sibling(Source source, Path index, String name) {
        boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..");
        if (!plain || name.chars().anyMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ')) {
            throw source.unsafe("it points to the file " + Source.quote(name));
        }
        return index.resolveSibling(name);
    }

    /** The names of the tensors, in the order of the header or the index. */
    public SequencedSet<String> names() {
        return new LinkedHashSet<>(places.keySet());
    }

    /** The free text of the header; of several files, that of all. */
    public SequencedMap<String, String> metadata() {
        return Collections.unmodifiableSequencedMap(metadata);
    }

    /** The shape of a tensor, which is not read. */
    public Shape shape(String name) {
        return place(name).entry.shape();
    }

    /**
     * The dtype of a tensor, which is not read.
     *
     * @throws FormatException if it is stored in a way that no tensor can hold, for example in 8-bit floats
     */
    public DType dtype(String name) {
        Place place = place(name);
        return place.entry.dtype(place.shard.file.source());
    }

    /**
     * Reads one tensor.
     *
     * @throws FormatException if there is none of this name, or no tensor can hold what is stored
     */
    public Tensor tensor(String name) {
        Place place = place(name);
        Header.Entry entry = place.entry;
        MappedFile file = place.shard.file;
        if (shards.isEmpty()) {
            throw file.source()
                    .refuse("it was closed before tensor " + Source.quote(name) + " was read", "open it again");
        }
        entry.dtype(file.source());
        return file.guard(() -> Host.tensor(
                file.source().entry(name),
                entry.type(),
                entry.shape(),
                ByteOrder.LITTLE_ENDIAN,
                file.bytes().asSlice(entry.begin(), entry.end() - entry.begin())));
    }

    /**
     * Reads all tensors.
     *
     * @throws FormatException if no tensor can hold what one of them is stored as; then none is read
     */
    public LinkedHashMap<String, Tensor> tensors() {
        places.keySet().forEach(this::dtype);
        return Host.allOrNone(operation, () -> {
            LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
            places.keySet().forEach(name -> tensors.put(name, tensor(name)));
            return tensors;
        });
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            String files = String.join(
                    ", ",
                    shards.stream().map(shard -> shard.file.source().name()).toList());
            throw new Source(operation, files)
                    .refuse(
                            "there is no tensor " + Source.quote(name),
                            "choose one of the " + places.size() + " names()");
        }
        return place;
    }

    @Override
    public void close() {
        shards.forEach(shard -> shard.file.close());
        shards.clear();
    }
}

package io.flambeau.io.internal.safetensors;

import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, all of whose rules hold: names are unique, sizes fit dtypes and shapes, and the
 * entries cover the data from its first byte to its last without a gap or an overlap
 * (<a href="https://github.com/huggingface/safetensors">the format</a>).
 *
 * @param entries by name, in the order of the header
 * @param metadata the free text of {@code __metadata__}
 */
public record Header(SequencedMap<String, Entry> entries, SequencedMap<String, String> metadata) {
    /** Longer headers are refused before they are read. */
    public static final long MAX_BYTES = 100_000_000;

    static final String METADATA = "__metadata__";
    private static final int PREFIX = Long.BYTES;
    private static final int PADDING = 8;

    /** One tensor; {@code begin} and {@code end} count bytes from the start of the file. */
    public record Entry(String name, StoredType type, Shape shape, long begin, long end) {
        /** The dtype, if tensors can have it. */
        public DType dtype(Source source) {
            DType dtype = type.dtype();
            if (dtype == null) {
                throw source.refuse(
                        "tensor " + Source.quote(name) + " is stored as " + type + ", which no tensor can hold",
                        "convert it before saving");
            }
            return dtype;
        }
    }

    /** Reads and checks the header of a whole file; nothing in proportion to a claim of the file is allocated. */
    public static Header parse(Source source, MemorySegment file) {
        return new HeaderReader(source, file).read();
    }

    /** What to write before the data of a file, and in which order to write the data. */
    public record Plan(ByteBuffer head, List<String> order) {}

    /**
     * The header of a file of these tensors. The data is ordered by falling element size, so that every tensor is
     * aligned; the names keep their order.
     */
    public static Plan plan(
            Source source,
            SequencedMap<String, Shape> shapes,
            Map<String, DType> dtypes,
            Map<String, String> metadata) {
        List<String> order = shapes.keySet().stream()
                .sorted(Comparator.comparingInt(
                        (String name) -> -dtypes.get(name).bytes()))
                .toList();
        Map<String, long[]> offsets = new LinkedHashMap<>();
        long offset = 0;
        for (String name : order) {
            long size = Sizes.bytes(source, name, shapes.get(name), dtypes.get(name));
            offsets.put(name, new long[] {offset, offset += size});
        }
        StringJoiner json = new StringJoiner(",", "{", "}");
        if (!metadata.isEmpty()) {
            StringJoiner text = new StringJoiner(",", "{", "}");
            metadata.forEach((key, value) -> text.add(Json.quoted(key) + ":" + Json.quoted(value)));
            json.add(Json.quoted(METADATA) + ":" + text);
        }
        for (String name : shapes.keySet()) {
            json.add(describe(source, name, StoredType.of(dtypes.get(name)), shapes.get(name), offsets.get(name)));
        }
        return new Plan(head(source, source.utf8(json.toString())), order);
    }

    private static String describe(
            Source source, String name, StoredType type, Shape shape, long @Nullable [] offsets) {
        if (name.equals(METADATA)) {
            throw source.refuse("a tensor cannot be named " + METADATA, "rename it");
        }
        return Json.quoted(name) + ":{\"dtype\":\"" + type + "\",\"shape\":" + Arrays.toString(shape.sizes())
                + ",\"data_offsets\":" + Arrays.toString(offsets) + "}";
    }

    private static ByteBuffer head(Source source, byte[] json) {
        int padded = (json.length + PADDING - 1) / PADDING * PADDING;
        if (padded > MAX_BYTES) {
            throw source.refuse(
                    "its header would be " + padded + " bytes, more than the " + MAX_BYTES + " allowed",
                    "save fewer tensors or less metadata in one file");
        }
        ByteBuffer head = ByteBuffer.allocate(PREFIX + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        return head.flip();
    }
}

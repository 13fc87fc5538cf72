package io.flambeau.io.internal.safetensors;

import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.stream.IntStream;

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
        /** The dtype of a tensor that holds it, see Note [Widening]; an error where there is none. */
        public DType dtype(Source source) {
            return type.dtype(source, name);
        }
    }

    /** Reads and checks the header of a whole file; nothing in proportion to a claim of the file is allocated. */
    public static Header parse(Source source, MemorySegment file) {
        return new HeaderReader(source, file).read();
    }

    /** A tensor to be written. */
    public record Item(String name, DType dtype, Shape shape) {}

    /** What to write before the data of a file, and in which order to write the data of the items. */
    public record Plan(ByteBuffer head, List<Integer> order) {}

    /**
     * The header of a file of these tensors. The data is ordered by falling element size, so that every tensor is
     * aligned; the names keep their order.
     */
    public static Plan plan(Source source, List<Item> items, Map<String, String> metadata) {
        long textSize = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            textSize += entry.getKey().length() + entry.getValue().length();
        }
        checkSize(source, textSize);
        List<Integer> order = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -items.get(i).dtype.bytes()))
                .toList();
        long[] begins = new long[items.size()];
        long offset = 0;
        for (int i : order) {
            begins[i] = offset;
            offset += size(source, items.get(i));
        }
        StringJoiner json = new StringJoiner(",", "{", "}");
        if (!metadata.isEmpty()) {
            StringJoiner text = new StringJoiner(",", "{", "}");
            metadata.forEach((key, value) -> text.add(Json.quoted(key) + ":" + Json.quoted(value)));
            json.add(Json.quoted(METADATA) + ":" + text);
        }
        for (int i = 0; i < begins.length; i++) {
            json.add(describe(source, items.get(i), begins[i]));
        }
        return new Plan(head(source, json.toString()), order);
    }

    private static long size(Source source, Item item) {
        return Sizes.bytes(source, item.name, item.shape, item.dtype);
    }

    private static String describe(Source source, Item item, long begin) {
        if (item.name.equals(METADATA)) {
            throw source.refuse("a tensor cannot be named " + METADATA, "rename it");
        }
        return Json.quoted(item.name) + ":{\"dtype\":\"" + StoredType.of(item.dtype) + "\",\"shape\":"
                + Arrays.toString(item.shape.sizes()) + ",\"data_offsets\":[" + begin + ","
                + (begin + size(source, item)) + "]}";
    }

    private static void checkSize(Source source, long bytes) {
        if (bytes > MAX_BYTES) {
            throw source.refuse(
                    "its header would be " + bytes + " bytes or more, and " + MAX_BYTES + " are allowed",
                    "save fewer tensors or less metadata in one file");
        }
    }

    private static ByteBuffer head(Source source, String text) {
        byte[] json = source.utf8(text);
        int padded = (json.length + PADDING - 1) / PADDING * PADDING;
        checkSize(source, padded);
        ByteBuffer head = ByteBuffer.allocate(PREFIX + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        return head.flip();
    }
}

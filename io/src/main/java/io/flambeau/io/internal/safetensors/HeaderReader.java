package io.flambeau.io.internal.safetensors;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import io.flambeau.io.internal.json.JsonReader;
import io.flambeau.io.internal.safetensors.Header.Entry;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Reads one header, value by value, so that a header of millions of entries costs little more than its entries. */
final class HeaderReader {
    /** What a tensor costs, with its name, its places in maps, and what is made when it is read. */
    private static final int TENSOR = 1024;

    private static final int ENTRY = 128;

    private final Source source;
    private final long fileSize;
    private final long dataStart;
    private final JsonReader json;
    private final Budget budget;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private final long[] numbers = new long[Shape.MAX_RANK];

    HeaderReader(Source source, MemorySegment file) {
        this.source = source;
        this.fileSize = file.byteSize();
        this.budget = new Budget(source, fileSize);
        Cursor cursor = new Cursor(source, file);
        long length = cursor.i64("the length of the header");
        if (Long.compareUnsigned(length, Header.MAX_BYTES) > 0) {
            throw source.bad("it claims a header of " + Long.toUnsignedString(length) + " bytes, more than the "
                    + Header.MAX_BYTES + " allowed");
        }
        this.json = new JsonReader(source, cursor.slice(length, "the header"));
        this.dataStart = cursor.position();
    }

    Header read() {
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        boolean hasMetadata = false;
        json.beginObject();
        for (String name = json.key(); name != null; name = json.key()) {
            budget.spend(TENSOR + 2L * name.length());
            if (!name.equals(Header.METADATA)) {
                if (entries.put(name, entry(name)) != null) {
                    throw source.bad("it names the tensor " + Source.quote(name) + " twice");
                }
            } else if (!hasMetadata) {
                hasMetadata = true;
                readMetadata(metadata);
            } else {
                throw source.bad("it has two " + Header.METADATA);
            }
        }
        json.end();
        checkCover();
        return new Header(
                Collections.unmodifiableSequencedMap(entries), Collections.unmodifiableSequencedMap(metadata));
    }

    private void readMetadata(SequencedMap<String, String> metadata) {
        json.beginObject();
        for (String key = json.key(); key != null; key = json.key()) {
            String text = json.string();
            budget.spend(ENTRY + 2L * text.length());
            if (metadata.put(key, text) != null) {
                throw source.bad("its " + Header.METADATA + " has the key " + Source.quote(key) + " twice");
            }
        }
    }

    private Entry entry(String name) {
        StoredType type = null;
        Shape shape = null;
        long begin = -1;
        long end = -1;
        json.beginObject();
        for (String key = json.key(); key != null; key = json.key()) {
            if (key.equals("dtype") && type == null) {
                String stored = json.string();
                type = StoredType.named(stored);
                if (type == null) {
                    throw bad(name, "has the unknown dtype " + Source.quote(stored));
                }
            } else if (key.equals("shape") && shape == null) {
                int rank = readNumbers(name, Shape.MAX_RANK);
                shape = Sizes.shape(source, name, Arrays.copyOf(numbers, rank));
            } else if (key.equals("data_offsets") && end < 0) {
                if (readNumbers(name, 2) != 2) {
                    throw bad(name, "lacks one of its two data_offsets");
                }
                begin = numbers[0];
                end = numbers[1];
            } else {
                throw bad(name, "has " + Source.quote(key) + " beside one dtype, shape and data_offsets");
            }
        }
        if (type == null || shape == null || end < 0) {
            throw bad(name, "lacks its dtype, shape or data_offsets");
        }
        long bits = Sizes.times(source, name, shape.count(), type.bits());
        if (bits % 8 != 0 || end < begin || bits / 8 != end - begin) {
            throw bad(name, "of " + type + shape + " does not fit its bytes " + begin + " to " + end);
        }
        if (end > fileSize - dataStart) {
            throw bad(name, "ends at byte " + end + " of the " + (fileSize - dataStart) + " bytes of data");
        }
        return new Entry(name, type, shape, dataStart + begin, dataStart + end);
    }

    /** Reads a list of sizes or offsets into {@link #numbers} and says how many there are. */
    private int readNumbers(String name, int most) {
        int count = 0;
        json.beginArray();
        while (json.element()) {
            if (count == most) {
                throw bad(name, "has a list of more than " + most + " numbers");
            }
            numbers[count] = json.integer();
            if (numbers[count++] < 0) {
                throw bad(name, "has a negative size or offset");
            }
        }
        return count;
    }

    private void checkCover() {
        Entry[] sorted = entries.values().toArray(Entry[]::new);
        Arrays.sort(sorted, Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = dataStart;
        for (Entry entry : sorted) {
            if (entry.begin() != covered) {
                throw bad(
                        entry.name(),
                        "begins at byte " + entry.begin() + " of the file, where " + covered + " is next");
            }
            covered = entry.end();
        }
        if (covered != fileSize) {
            throw source.bad("its tensors end at byte " + covered + " of " + fileSize);
        }
    }

    private FormatException bad(String name, String what) {
        return source.bad("tensor " + Source.quote(name) + " " + what);
    }
}

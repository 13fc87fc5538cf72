package io.flambeau.io.internal.csv;

import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the records of a file one after another; only the fields of the present record are kept. */
public final class CsvReader {
    /** A longer record is refused: some files are one endless line. */
    static final int LONGEST_RECORD = 1 << 24;

    private static final int MARK = 0xEFBBBF;

    private final Source source;
    private final MemorySegment bytes;
    private final long length;
    private final char delimiter;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final List<String> fields = new ArrayList<>();
    private byte[] field = new byte[64];
    private int fieldLength;
    private long position;
    private long recordStart;
    private long line = 1;
    private int width = -1;

    public CsvReader(Source source, MemorySegment bytes, char delimiter) {
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter > 0x7E) {
            throw source.refuse("fields cannot be separated by " + (int) delimiter, "choose another character");
        }
        this.source = source;
        this.bytes = bytes;
        this.length = bytes.byteSize();
        this.delimiter = delimiter;
        if (length >= 3 && (at(0) << 16 | at(1) << 8 | at(2)) == MARK) {
            position = 3;
        }
    }

    public Source source() {
        return source;
    }

    /** Reads the next record that is not an empty line; false at the end of the file. */
    public boolean next() {
        while (position < length && (at(position) == '\n' || at(position) == '\r')) {
            newLine();
        }
        if (position == length) {
            return false;
        }
        fields.clear();
        recordStart = position;
        boolean more = true;
        while (more) {
            fieldLength = 0;
            if (position < length && at(position) == '"') {
                quoted();
            } else {
                plain();
            }
            fields.add(text());
            more = position < length && at(position) == delimiter;
            if (more) {
                position++;
            } else if (position < length) {
                newLine();
            }
        }
        if (width < 0) {
            width = fields.size();
        } else if (fields.size() != width) {
            throw error("this record has " + fields.size() + " fields and the first has " + width);
        }
        return true;
    }

    /** How many fields the first record has, which is not consumed. */
    public int peekWidth() {
        long start = position;
        long startLine = line;
        int count = next() ? fields.size() : 0;
        position = start;
        line = startLine;
        return count;
    }

    /** The fields of the present record. */
    public List<String> fields() {
        return List.copyOf(fields);
    }

    public String field(int column) {
        return fields.get(column);
    }

    /**
     * A new size for an array that is full: what the rest of the file can need at most, or twice as much as now.
     *
     * @param each how many elements a record adds
     */
    public int grow(int size, int each) {
        long records = 1 + (length - recordStart) / Math.max(2L * width, 2);
        long grown = Math.min(size + records * each, Math.max(2L * size, 1024) + each);
        if (grown > Integer.MAX_VALUE - 8) {
            throw error("there are more values than a Java array holds");
        }
        return (int) grown;
    }

    /** An error at the present record. */
    public FormatException error(String what) {
        return source.bad("line " + line + ": " + what);
    }

    private int at(long index) {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, index));
    }

    private void newLine() {
        if (at(position++) == '\r' && position < length && at(position) == '\n') {
            position++;
        }
        line++;
    }

    private void plain() {
        while (position < length) {
            int c = at(position);
            if (c == delimiter || c == '\n' || c == '\r') {
                return;
            }
            if (c == '"') {
                throw error("a quote stands inside a field without quotes");
            }
            append(c);
            position++;
        }
    }

    private void quoted() {
        long startLine = line;
        position++;
        while (position < length) {
            int c = at(position++);
            if (c == '"') {
                boolean escaped = position < length && at(position) == '"';
                if (!escaped) {
                    checkAfterQuote();
                    return;
                }
                position++;
            } else if (c == '\n') {
                line++;
            }
            append(c);
        }
        line = startLine;
        throw error("a quote is never closed");
    }

    private void checkAfterQuote() {
        int c = position == length ? '\n' : at(position);
        if (c != delimiter && c != '\n' && c != '\r') {
            throw error("something follows a closing quote");
        }
    }

    private void append(int c) {
        if (c == 0) {
            throw error("there is a NUL character");
        }
        if (position - recordStart > LONGEST_RECORD) {
            throw error("a record is longer than " + LONGEST_RECORD + " bytes");
        }
        if (fieldLength == field.length) {
            field = Arrays.copyOf(field, 2 * fieldLength);
        }
        field[fieldLength++] = (byte) c;
    }

    private String text() {
        try {
            return utf8.decode(ByteBuffer.wrap(field, 0, fieldLength)).toString();
        } catch (CharacterCodingException e) {
            throw error("a field is not UTF-8");
        }
    }
}

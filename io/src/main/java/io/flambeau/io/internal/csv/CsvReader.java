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

/**
 * Reads the records of a file one after another; only the present record is kept, as bytes, and a field becomes a string
 * when it is asked for.
 */
public final class CsvReader {
    /** A longer record is refused: some files are one endless line. */
    static final int LONGEST_RECORD = 1 << 24;

    static final int MOST_FIELDS = 1 << 17;

    private static final int MARK = 0xEFBBBF;
    /** Integers below this and quotients of them by these are exact, or rounded once, in float32. */
    private static final int MOST = 1 << 24;

    private static final float[] POWERS = {1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};

    private final Source source;
    private final MemorySegment bytes;
    private final long length;
    private final char delimiter;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    /** The fields of the present record without their quotes, one after another, and where each ends. */
    private byte[] record = new byte[256];

    private int[] ends = new int[16];
    private int count;
    private int recordLength;
    private boolean ascii = true;
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
        count = 0;
        recordLength = 0;
        recordStart = position;
        boolean more = true;
        while (more) {
            if (position < length && at(position) == '"') {
                quoted();
            } else {
                plain();
            }
            endField();
            more = position < length && at(position) == delimiter;
            checkLength();
            if (more) {
                position++;
            } else if (position < length) {
                newLine();
            }
        }
        if (width < 0) {
            width = count;
        } else if (count != width) {
            throw error("this record has " + count + " fields and the first has " + width);
        }
        return true;
    }

    /** How many fields the first record has, which is not consumed. */
    public int peekWidth() {
        long start = position;
        long startLine = line;
        int fields = next() ? count : 0;
        position = start;
        line = startLine;
        return fields;
    }

    /** How many fields every record has; known after the first. */
    public int width() {
        return width;
    }

    /** The fields of the present record. */
    public List<String> fields() {
        List<String> fields = new ArrayList<>(count);
        for (int column = 0; column < count; column++) {
            fields.add(field(column));
        }
        return List.copyOf(fields);
    }

    public String field(int column) {
        return text(start(column), ends[column]);
    }

    private int start(int column) {
        return column == 0 ? 0 : ends[column - 1];
    }

    /**
     * The number in a column as digits: value times ten to the power of a negative scale, exact in float32. NaN if it is
     * written in any other way; then {@link #field} tells.
     */
    float simpleNumber(int column) {
        int at = start(column);
        int end = ends[column];
        boolean negative = at < end && record[at] == '-';
        at += negative ? 1 : 0;
        int digits = 0;
        int value = 0;
        int scale = 0;
        boolean point = false;
        for (; at < end; at++) {
            int c = record[at];
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9' && value < MOST / 10) {
                value = 10 * value + c - '0';
                digits++;
                scale += point ? 1 : 0;
            } else {
                return Float.NaN;
            }
        }
        if (digits == 0 || scale >= POWERS.length) {
            return Float.NaN;
        }
        float result = value / POWERS[scale];
        return negative ? -result : result;
    }

    /**
     * The size of an array for what the records that are left add, found by reading them; the position stays. So nothing
     * is allocated twice, and a table of short numbers takes no more than its text.
     *
     * @param each how many elements a record adds
     */
    public int room(int each) {
        long start = position;
        long startLine = line;
        long records = 0;
        while (next()) {
            records++;
        }
        position = start;
        line = startLine;
        if (records * each > Integer.MAX_VALUE - 8) {
            throw error("there are more values than a Java array holds");
        }
        return (int) (records * each);
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
        if (recordLength == record.length) {
            record = Arrays.copyOf(record, 2 * recordLength);
        }
        record[recordLength++] = (byte) c;
        ascii &= c < 0x80;
        if ((recordLength & 0xFFFF) == 0) {
            checkLength();
        }
    }

    private void checkLength() {
        if (position - recordStart > LONGEST_RECORD) {
            throw error("a record is longer than " + LONGEST_RECORD + " bytes");
        }
    }

    private void endField() {
        if (count == MOST_FIELDS) {
            throw error("a record has more than " + MOST_FIELDS + " fields");
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = recordLength;
        if (!ascii) {
            // What is no text is refused even where nobody asks for it.
            ascii = true;
            field(count - 1);
        }
    }

    private String text(int start, int end) {
        try {
            return utf8.decode(ByteBuffer.wrap(record, start, end - start)).toString();
        } catch (CharacterCodingException e) {
            throw error("a field is not UTF-8");
        }
    }
}

package io.flambeau.io.internal.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.TensorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;

/**
 * Reads the records of a file one after another with fastcsv, which keeps one field at a time, and refuses what fastcsv
 * lets pass: quotes within fields without quotes, other counts of fields than the first record's, NUL, text that is not
 * UTF-8.
 */
public final class CsvReader extends CsvCallbackHandler<CsvReader> implements AutoCloseable {
    /** A longer field is refused: some files are one endless line. */
    static final int LONGEST_FIELD = 1 << 20;

    static final int MOST_FIELDS = 1 << 17;

    private static final char MARK = '\ufeff';

    /** Stands for bytes that are not UTF-8, so that the record in which they are is known; it is never in a text. */
    private static final char DAMAGE = '\uffff';

    /** What becomes of a record's fields, which come from left to right; the array is only lent. */
    public interface Fields {
        void field(int column, char[] text, int from, int length);
    }

    private final Source source;
    private final de.siegmar.fastcsv.reader.CsvReader<CsvReader> records;
    private final Spliterator<CsvReader> pull;
    private Fields fields = (_, _, _, _) -> {};
    private long line;
    private int count;
    private int width = -1;

    public CsvReader(Source source, InputStream bytes, char delimiter) {
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter > 0x7E) {
            throw source.refuse("fields cannot be separated by " + (int) delimiter, "choose another character");
        }
        this.source = source;
        this.records = de.siegmar.fastcsv.reader.CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LONGEST_FIELD)
                .build(this, text(source, bytes));
        this.pull = records.spliterator();
    }

    private static Reader text(Source source, InputStream bytes) {
        Reader text = new BufferedReader(new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(DAMAGE))));
        try {
            text.mark(1);
            if (text.read() != MARK) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            throw source.failed("read", e, "check the path and its permissions");
        }
    }

    public Source source() {
        return source;
    }

    /** Reads the next record that is not an empty line; false at the end of the file. */
    public boolean next(Fields fields) {
        this.fields = fields;
        try {
            return pull.tryAdvance(_ -> {});
        } catch (CsvParseException e) {
            switch (e.getCause()) {
                case TensorException ours -> throw ours;
                case Error error -> throw error;
                case null, default -> throw source.broken(String.valueOf(e.getMessage()), e);
            }
        } catch (UncheckedIOException e) {
            throw source.failed("read", e.getCause(), "check the path and its permissions");
        }
    }

    /** The fields of the next record, or of the first; empty at the end of the file. */
    public List<String> next() {
        List<String> record = new ArrayList<>();
        next((_, text, from, length) -> record.add(new String(text, from, length)));
        return List.copyOf(record);
    }

    /** How many fields every record has; known after the first. */
    public int width() {
        return width;
    }

    /** An error at the present record. */
    public FormatException error(String what) {
        return source.bad("line " + line + ": " + what);
    }

    @Override
    protected RecordType getRecordType() {
        return count == 0 ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return count;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        line = startingLineNumber;
        count = 0;
    }

    @Override
    protected void addField(char[] text, int from, int length, boolean quoted) {
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            if (c == 0 || c == DAMAGE || c == '"' && !quoted) {
                throw error(
                        switch (c) {
                            case 0 -> "there is a NUL character";
                            case DAMAGE -> "a field is not UTF-8";
                            default -> "a quote stands inside a field without quotes";
                        });
            }
        }
        if (count == MOST_FIELDS) {
            throw error("a record has more than " + MOST_FIELDS + " fields");
        }
        if (width < 0 || count < width) {
            fields.field(count, text, from, length);
        }
        count++;
    }

    @Override
    protected void setEmpty() {
        count = 0;
    }

    @Override
    protected void setComment(char[] text, int from, int length) {
        throw new AssertionError("comments are not read");
    }

    @Override
    protected CsvReader buildRecord() {
        if (width < 0 && count > 0) {
            width = count;
        } else if (count > 0 && count != width) {
            throw error("this record has " + count + " fields and the first has " + width);
        }
        return this;
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw source.failed("read", e, "check the path and its permissions");
        }
    }
}

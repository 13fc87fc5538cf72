package io.flambeau.io.internal.json;

import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>) from bytes, one value at a time, building
 * nothing that is not asked for.
 *
 * <p>Strict: malformed UTF-8, lone surrogates, leading zeros, control characters and anything after the value are
 * refused; nesting is limited; numbers asked for as integers must be written as integers and fit 64 bits.
 *
 * {@snippet :
 * reader.beginObject();
 * for (String key = reader.key(); key != null; key = reader.key()) {
 *     long value = reader.integer();
 * }
 * reader.end();
 * }
 */
public final class JsonReader {
    /** Deeper nesting is refused, so that no input can overflow the stack of a recursive caller. */
    public static final int MAX_DEPTH = 256;

    /** Keys repeat: strings up to this length are looked for among recent ones before a new one is made. */
    private static final int LONGEST_SHARED = 16;

    private final Source source;
    private final MemorySegment bytes;
    private final long length;
    private final @Nullable String[] recent = new @Nullable String[64];
    private final byte[] scratch = new byte[LONGEST_SHARED];
    private long position;
    private int depth;
    /** Whether the innermost object or array has just been opened, and so needs no comma before its next element. */
    private boolean fresh;

    public JsonReader(Source source, MemorySegment bytes) {
        this.source = source;
        this.bytes = bytes;
        this.length = bytes.byteSize();
    }

    /** The next character that is not space, not consumed: it tells which kind of value follows; -1 at the end. */
    public int peek() {
        while (position < length) {
            int c = Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, position));
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c;
            }
            position++;
        }
        return -1;
    }

    public void beginObject() {
        begin('{');
    }

    /** The next key of the object, or null at its end. */
    public @Nullable String key() {
        if (!next('}')) {
            return null;
        }
        String key = string();
        expect(':');
        return key;
    }

    public void beginArray() {
        begin('[');
    }

    /** Whether the array has another element. */
    public boolean element() {
        return next(']');
    }

    private void begin(char opening) {
        expect(opening);
        if (++depth > MAX_DEPTH) {
            throw error("is nested deeper than " + MAX_DEPTH);
        }
        fresh = true;
    }

    private boolean next(char closing) {
        if (peek() == closing) {
            position++;
            depth--;
            fresh = false;
            return false;
        }
        if (!fresh) {
            expect(',');
        }
        fresh = false;
        return true;
    }

    /** A string; escapes are resolved. */
    public String string() {
        expect('"');
        long start = position;
        while (position < length) {
            int c = bytes.get(ValueLayout.JAVA_BYTE, position);
            if (c == '"') {
                return ascii(start, position++);
            }
            if (c == '\\' || c < 0x20) {
                return unusualString(start);
            }
            position++;
        }
        throw error("ends inside a string");
    }

    private String ascii(long start, long end) {
        int count = Math.toIntExact(end - start);
        if (count > scratch.length) {
            return new String(bytes.asSlice(start, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
        }
        int hash = count;
        for (int i = 0; i < count; i++) {
            scratch[i] = bytes.get(ValueLayout.JAVA_BYTE, start + i);
            hash = 31 * hash + scratch[i];
        }
        int slot = (hash ^ hash >>> 7) & recent.length - 1;
        String known = recent[slot];
        if (known == null || !isScratch(known, count)) {
            known = new String(scratch, 0, count, StandardCharsets.US_ASCII);
            recent[slot] = known;
        }
        return known;
    }

    private boolean isScratch(String text, int count) {
        boolean same = text.length() == count;
        for (int i = 0; same && i < count; i++) {
            same = text.charAt(i) == scratch[i];
        }
        return same;
    }

    /** A string with escapes or characters beyond ASCII. */
    private String unusualString(long start) {
        StringBuilder text = new StringBuilder();
        position = start;
        while (true) {
            int c = octet();
            if (c == '"') {
                return text.toString();
            } else if (c == '\\') {
                escape(text);
            } else if (c < 0x20) {
                throw error("has a control character inside a string");
            } else if (c < 0x80) {
                text.append((char) c);
            } else {
                text.appendCodePoint(multibyte(c));
            }
        }
    }

    private int octet() {
        if (position == length) {
            throw error("ends inside a string");
        }
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, position++));
    }

    private int multibyte(int lead) {
        int extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        int codePoint = lead & (0x3F >> extra);
        for (int i = 0; i < extra; i++) {
            int c = octet();
            if ((c & 0xC0) != 0x80) {
                throw error("is not UTF-8");
            }
            codePoint = codePoint << 6 | c & 0x3F;
        }
        int least = extra == 1 ? 0x80 : extra == 2 ? 0x800 : 0x10000;
        boolean surrogate = codePoint >= 0xD800 && codePoint < 0xE000;
        if (lead < 0xC0 || lead >= 0xF8 || codePoint < least || codePoint > 0x10FFFF || surrogate) {
            throw error("is not UTF-8");
        }
        return codePoint;
    }

    private void escape(StringBuilder text) {
        int c = octet();
        switch (c) {
            case '"', '\\', '/' -> text.append((char) c);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                char first = codeUnit();
                text.append(first);
                if (Character.isSurrogate(first)) {
                    if (octet() != '\\' || octet() != 'u') {
                        throw error("has half a surrogate pair");
                    }
                    char second = codeUnit();
                    if (!Character.isSurrogatePair(first, second)) {
                        throw error("has half a surrogate pair");
                    }
                    text.append(second);
                }
            }
            default -> throw error("has an unknown escape in a string");
        }
    }

    private char codeUnit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(octet(), 16);
            if (digit < 0) {
                throw error("has a \\u escape that is not four hexadecimal digits");
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    /** A number as it is written. */
    public String number() {
        long start = skipNumber();
        return ascii(start, position);
    }

    /** Checks the number that follows, steps over it and says where it began. */
    private long skipNumber() {
        if (peek() < 0) {
            throw error("ends where a value is expected");
        }
        long start = position;
        accept('-');
        if (!accept('0') && digits() == 0) {
            throw error("has no value where one is expected");
        }
        if (accept('.') && digits() == 0) {
            throw error("has a number that ends in its point");
        }
        if (accept('e') || accept('E')) {
            if (!accept('+')) {
                accept('-');
            }
            if (digits() == 0) {
                throw error("has a number without digits in its exponent");
            }
        }
        return start;
    }

    private boolean accept(char c) {
        boolean found = position < length && bytes.get(ValueLayout.JAVA_BYTE, position) == c;
        if (found) {
            position++;
        }
        return found;
    }

    private long digits() {
        long start = position;
        while (position < length) {
            int c = bytes.get(ValueLayout.JAVA_BYTE, position);
            if (c < '0' || c > '9') {
                break;
            }
            position++;
        }
        return position - start;
    }

    /** A number that is written as an integer (no point, no exponent, no minus zero) and fits 64 bits. */
    public long integer() {
        long start = skipNumber();
        boolean negative = bytes.get(ValueLayout.JAVA_BYTE, start) == '-';
        // Gathered as a negative number, since those reach one further.
        long value = 0;
        for (long i = negative ? start + 1 : start; i < position; i++) {
            int digit = bytes.get(ValueLayout.JAVA_BYTE, i) - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                throw notInteger(start);
            }
            value = value * 10 - digit;
        }
        if (negative ? value == 0 : value == Long.MIN_VALUE) {
            throw notInteger(start);
        }
        return negative ? value : -value;
    }

    private FormatException notInteger(long start) {
        return error("has " + Source.quote(ascii(start, position)) + " where an integer of 64 bits is expected");
    }

    /** {@code true}, {@code false} or {@code null}. */
    public void literal(String word) {
        peek();
        for (int i = 0; i < word.length(); i++) {
            if (!accept(word.charAt(i))) {
                throw error("has something unknown where " + word + " is expected");
            }
        }
    }

    /** Nothing but space may follow. */
    public void end() {
        if (peek() >= 0) {
            throw error("goes on after its end");
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw error("needs a '" + c + "'");
        }
        position++;
    }

    private FormatException error(String what) {
        return source.bad("its JSON " + what + ", at byte " + position);
    }
}

package io.flambeau.io.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A position in bytes that someone else wrote: reading past the end is an error of the file, never of the reader. */
public final class Cursor {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Source source;
    private final MemorySegment bytes;
    private long position;

    public Cursor(Source source, MemorySegment bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    public Source source() {
        return source;
    }

    public long position() {
        return position;
    }

    public long remaining() {
        return bytes.byteSize() - position;
    }

    /** Moves to a place counted from the start. */
    public Cursor seek(long to) {
        if (to < 0 || to > bytes.byteSize()) {
            throw source.bad("it points to byte " + to + " of " + bytes.byteSize());
        }
        position = to;
        return this;
    }

    /** Steps over bytes and says where they begin. */
    public long skip(long count, String what) {
        if (count < 0 || count > remaining()) {
            throw source.bad("it ends inside " + what + ": " + Long.toUnsignedString(count) + " bytes wanted at byte "
                    + position + ", " + remaining() + " left");
        }
        long start = position;
        position += count;
        return start;
    }

    public int u8(String what) {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, skip(1, what)));
    }

    public int u16(String what) {
        return Short.toUnsignedInt(bytes.get(U16, skip(2, what)));
    }

    public int i32(String what) {
        return bytes.get(I32, skip(4, what));
    }

    public long u32(String what) {
        return Integer.toUnsignedLong(i32(what));
    }

    public int i32BigEndian(String what) {
        return Integer.reverseBytes(i32(what));
    }

    public long i64(String what) {
        return bytes.get(I64, skip(8, what));
    }

    /** The next bytes, not copied. */
    public MemorySegment slice(long count, String what) {
        return bytes.asSlice(skip(count, what), count);
    }

    /** The next bytes, copied. */
    public byte[] array(long count, String what) {
        if (count > Integer.MAX_VALUE - 8) {
            throw source.bad(what + " is " + count + " bytes long, more than any array holds");
        }
        long start = skip(count, what);
        byte[] array = new byte[(int) count];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start, array, 0, array.length);
        return array;
    }

    /** The next bytes as text, which must be well-formed UTF-8. */
    public String utf8(long count, String what) {
        byte[] text = array(count, what);
        boolean ascii = true;
        for (int i = 0; ascii && i < text.length; i++) {
            ascii = text[i] >= 0;
        }
        if (ascii) {
            return new String(text, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw source.bad(what + " is not UTF-8");
        }
    }

    /** The next line of ASCII, which must end within {@code limit} bytes; the newline is not part of it. */
    public String line(int limit, String what) {
        StringBuilder line = new StringBuilder();
        for (int c = u8(what); c != '\n'; c = u8(what)) {
            if (line.length() == limit || c > 0x7E) {
                throw source.bad(what + " is not a line of at most " + limit + " ASCII characters");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}

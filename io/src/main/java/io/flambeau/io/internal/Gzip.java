package io.flambeau.io.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.ToLongFunction;

/**
 * A file of one gzip member (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>) with nothing after it.
 * The caller says from the first bytes how long the content must be, so that a bomb is stopped at that length.
 */
public final class Gzip {
    private static final int TRAILER = 8;
    private static final int FLAG_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private Gzip() {}

    /** Whether the bytes begin as gzip does; a file's name says nothing. */
    public static boolean is(MemorySegment file) {
        return file.byteSize() >= 2 && new Cursor(new Source("gzip", "magic"), file).u16("the magic number") == 0x8B1F;
    }

    /**
     * The content of a file.
     *
     * @param prefix how many bytes at most {@code size} needs to see
     * @param size says from the first bytes of the content, how long the whole content is
     */
    public static MemorySegment expand(
            Source source, MemorySegment file, int prefix, ToLongFunction<MemorySegment> size, Arena arena) {
        Cursor cursor = new Cursor(source, file);
        skipHeader(cursor);
        long room = cursor.remaining() - TRAILER;
        if (room < 0) {
            throw source.bad("it ends inside the gzip stream");
        }
        MemorySegment deflated = cursor.slice(room, "the gzip stream");
        MemorySegment first = MemorySegment.ofArray(new byte[prefix]);
        try (Inflation start = new Inflation(source, deflated)) {
            first = first.asSlice(0, start.read(first));
        }
        long claimed = size.applyAsLong(first);
        Inflation.Checked checked = Inflation.check(source, deflated, claimed);
        if (checked.consumed() != room) {
            throw source.bad((room - checked.consumed()) + " bytes follow the end of its gzip stream");
        }
        if (checked.crc() != cursor.i32("the check sum") || (int) claimed != cursor.i32("the length")) {
            throw source.bad("its gzip check sum or length is wrong");
        }
        return Inflation.expand(source, deflated, claimed, arena);
    }

    private static void skipHeader(Cursor cursor) {
        cursor.u16("the magic number");
        int method = cursor.u8("the gzip header");
        int flags = cursor.u8("the gzip header");
        if (method != 8 || (flags & RESERVED) != 0) {
            throw cursor.source().bad("its gzip header has method " + method + " and flags " + flags);
        }
        cursor.skip(6, "the gzip header");
        if ((flags & FLAG_EXTRA) != 0) {
            cursor.skip(cursor.u16("the gzip header"), "the gzip header");
        }
        for (int flag = FLAG_NAME; flag <= FLAG_COMMENT; flag *= 2) {
            boolean more = (flags & flag) != 0;
            while (more) {
                more = cursor.u8("a name in the gzip header") != 0;
            }
        }
        if ((flags & FLAG_CRC) != 0) {
            cursor.u16("the gzip header");
        }
    }
}

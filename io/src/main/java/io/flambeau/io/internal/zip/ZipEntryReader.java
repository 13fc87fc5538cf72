package io.flambeau.io.internal.zip;

import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import java.lang.foreign.MemorySegment;

/** Reads the entries of a directory in order, each together with the local header that must say the same. */
final class ZipEntryReader {
    static final int LOCAL = 0x04034B50;
    static final int CENTRAL_SIZE = 46;
    /** Stands in a field of 32 bits for a value that is in the ZIP64 field. */
    static final long IN_64 = 0xFFFFFFFFL;

    private static final int CENTRAL = 0x02014B50;
    private static final int DESCRIPTOR = 0x08074B50;
    private static final int EXTRA_64 = 1;
    /** Bits for a data descriptor, for UTF-8 names and for the effort of the compressor; all others change the data. */
    private static final int FLAGS = 0x0008 | 0x0800 | 0x0006;

    private static final int HAS_DESCRIPTOR = 0x0008;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3;
    private static final int UNIX_TYPE = 0xF000;
    private static final int UNIX_LINK = 0xA000;
    private static final long MAX_DEFLATE_RATIO = 1032;

    private final Source source;
    private final MemorySegment file;
    private final long directory;
    /** Where the next local header must begin. */
    private long next;

    ZipEntryReader(Source source, MemorySegment file, long directory) {
        this.source = source;
        this.file = file;
        this.directory = directory;
    }

    /** The fields that stand in both headers. */
    private record Fields(int flags, int method, int crc, long compressedSize, long size) {}

    ZipEntry next(Cursor cursor) {
        if (cursor.i32("the directory") != CENTRAL) {
            throw source.bad("its directory is damaged");
        }
        int madeBy = cursor.u16("the directory") >> 8;
        Fields fields = fields(cursor);
        int nameSize = cursor.u16("the directory");
        int extraSize = cursor.u16("the directory");
        int commentSize = cursor.u16("the directory");
        int disk = cursor.u16("the directory");
        cursor.skip(2, "the directory");
        long attributes = cursor.u32("the directory");
        long header = cursor.u32("the directory");
        String name = cursor.utf8(nameSize, "the name of an entry");
        checkName(name);
        long extra = cursor.skip(extraSize, "the directory");
        cursor.skip(commentSize, "the directory");

        Large large = new Large(source, file.asSlice(extra, extraSize));
        long size = large.resolve(fields.size);
        long compressedSize = large.resolve(fields.compressedSize);
        header = large.resolve(header);
        if (disk != 0) {
            throw bad(name, "lies on another disk");
        }
        if (madeBy == UNIX && (attributes >> 16 & UNIX_TYPE) == UNIX_LINK) {
            throw source.unsafe("its entry " + Source.quote(name) + " is a symbolic link");
        }
        checkFields(name, fields, compressedSize, size);
        if (header != next) {
            throw bad(name, "begins at byte " + header + ", where " + next + " is next");
        }
        Fields central = new Fields(fields.flags, fields.method, fields.crc, compressedSize, size);
        long data = checkLocal(name, header, central);
        return new ZipEntry(name, fields.method == DEFLATED, fields.crc, compressedSize, size, header, data);
    }

    /** The last entry must reach to the directory. */
    void end() {
        if (next != directory) {
            throw source.bad((directory - next) + " bytes lie between its last entry and its directory");
        }
    }

    private static Fields fields(Cursor cursor) {
        cursor.skip(2, "an entry");
        int flags = cursor.u16("an entry");
        int method = cursor.u16("an entry");
        cursor.skip(4, "an entry");
        int crc = cursor.i32("an entry");
        long compressedSize = cursor.u32("an entry");
        return new Fields(flags, method, crc, compressedSize, cursor.u32("an entry"));
    }

    private void checkName(String name) {
        boolean drive = name.length() > 1 && name.charAt(1) == ':';
        boolean leaves = name.isEmpty() || name.startsWith("/") || ("/" + name + "/").contains("/../") || drive;
        if (leaves || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw source.unsafe("an entry is named " + Source.quote(name));
        }
    }

    private void checkFields(String name, Fields fields, long compressedSize, long size) {
        if ((fields.flags & ~FLAGS) != 0) {
            throw bad(name, "is encrypted or patched (flags " + fields.flags + ")");
        }
        if (fields.method == 0 ? size != compressedSize : fields.method != DEFLATED) {
            throw bad(name, "has method " + fields.method + " and sizes " + compressedSize + " and " + size);
        }
        if (compressedSize > directory || size / MAX_DEFLATE_RATIO > compressedSize) {
            throw bad(name, "claims " + compressedSize + " bytes that inflate to " + size);
        }
    }

    /** Checks that the local header says the same, moves behind the entry, and says where its content begins. */
    private long checkLocal(String name, long header, Fields central) {
        Cursor cursor = new Cursor(source.entry(name), file.asSlice(0, directory)).seek(header);
        if (cursor.i32("a local header") != LOCAL) {
            throw bad(name, "has no local header");
        }
        Fields local = fields(cursor);
        int nameSize = cursor.u16("a local header");
        int extraSize = cursor.u16("a local header");
        if (!cursor.utf8(nameSize, "a local name").equals(name)) {
            throw bad(name, "has another name in its local header");
        }
        Large large = new Large(source, cursor.slice(extraSize, "a local header"));
        long size = large.resolve(local.size);
        long compressedSize = large.resolve(local.compressedSize);
        boolean descriptor = (local.flags & HAS_DESCRIPTOR) != 0;
        boolean later = descriptor && local.crc == 0 && local.size == 0 && local.compressedSize == 0;
        boolean same = local.crc == central.crc && size == central.size && compressedSize == central.compressedSize;
        if (local.flags != central.flags || local.method != central.method || !same && !later) {
            throw bad(name, "is described differently by the directory and by its local header");
        }
        long data = cursor.skip(central.compressedSize, "an entry");
        if (descriptor) {
            skipDescriptor(name, cursor, central);
        }
        next = cursor.position();
        return data;
    }

    private void skipDescriptor(String name, Cursor cursor, Fields central) {
        // Four forms are in use: with and without a signature, with sizes of 32 and of 64 bits.
        long start = cursor.position();
        for (int form = 0; form < 4; form++) {
            boolean signature = form < 2;
            boolean wide = form % 2 == 1;
            int length = (signature ? 8 : 4) + (wide ? 16 : 8);
            cursor.seek(start);
            if (cursor.remaining() >= length
                    && (!signature || cursor.i32("a descriptor") == DESCRIPTOR)
                    && cursor.i32("a descriptor") == central.crc
                    && size(cursor, wide) == central.compressedSize
                    && size(cursor, wide) == central.size) {
                return;
            }
        }
        throw bad(name, "is described differently by the directory and by its data descriptor");
    }

    private static long size(Cursor cursor, boolean wide) {
        return wide ? cursor.i64("a descriptor") : cursor.u32("a descriptor");
    }

    private FormatException bad(String name, String what) {
        return source.bad("its entry " + Source.quote(name) + " " + what);
    }

    /** The ZIP64 field of an entry: the values that did not fit, in their order. */
    private static final class Large {
        private final Source source;
        private final Cursor values;

        Large(Source source, MemorySegment extra) {
            this.source = source;
            Cursor fields = new Cursor(source, extra);
            MemorySegment found = MemorySegment.NULL;
            while (fields.remaining() >= 4) {
                int id = fields.u16("an extra field");
                MemorySegment field = fields.slice(fields.u16("an extra field"), "an extra field");
                if (id == EXTRA_64) {
                    found = field;
                }
            }
            this.values = new Cursor(source, found);
        }

        long resolve(long value) {
            if (value != IN_64) {
                return value;
            }
            long large = values.i64("a ZIP64 field");
            if (large < 0) {
                throw source.bad("a ZIP64 field holds " + large);
            }
            return large;
        }
    }
}

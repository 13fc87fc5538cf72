package io.flambeau.io.internal.zip;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Inflation;
import io.flambeau.io.internal.Source;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A ZIP archive read without copying (<a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a>).
 *
 * <p>Archives are ambiguous: what the directory at the end says, the headers before the entries say again. Here both
 * must agree, and the entries must fill the file from its first byte to the directory in order, so that nothing can be
 * hidden before, between, under or after them. Encryption, several disks, links and names that leave a folder are
 * refused.
 */
public final class ZipArchive {
    private static final int END = 0x06054B50;
    private static final int END_SIZE = 22;
    private static final int END_64 = 0x06064B50;
    private static final int END_64_SIZE = 56;
    private static final int LOCATOR = 0x07064B50;
    private static final int LOCATOR_SIZE = 20;
    /** What an entry costs, with its name and what is made when it is read. */
    private static final int ENTRY = 1024;

    private static final int LONGEST_COMMENT = 0xFFFF;

    private final Source source;
    private final MemorySegment file;
    private final SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();

    /** Reads and checks the directory; the content of the entries is not touched. */
    public ZipArchive(Source source, MemorySegment file) {
        this(source, file, new Budget(source, file.byteSize()));
    }

    /** As the other, within a budget that the reader of the content shares. */
    public ZipArchive(Source source, MemorySegment file, Budget budget) {
        this.source = source;
        this.file = file;
        Directory directory = directory();
        ZipEntryReader reader = new ZipEntryReader(source, file, directory.offset);
        Cursor cursor = new Cursor(source, file.asSlice(0, directory.end)).seek(directory.offset);
        for (long i = 0; i < directory.count; i++) {
            budget.spend(ENTRY);
            ZipEntry entry = reader.next(cursor);
            if (entries.put(entry.name(), entry) != null) {
                throw source.bad("it has two entries named " + Source.quote(entry.name()));
            }
        }
        if (cursor.remaining() != 0) {
            throw source.bad("its directory is longer than its " + directory.count + " entries");
        }
        reader.end();
    }

    /** Whether the bytes begin as an archive does. */
    public static boolean is(MemorySegment file) {
        return file.byteSize() >= 4
                && new Cursor(new Source("zip", "magic"), file).i32("the magic number") == ZipEntryReader.LOCAL;
    }

    /** The entries by name, in the order of the directory. */
    public SequencedMap<String, ZipEntry> entries() {
        return Collections.unmodifiableSequencedMap(entries);
    }

    /** The content of an entry: a part of the file if it is stored, memory of the arena if it is compressed. */
    public MemorySegment content(ZipEntry entry, Arena arena) {
        Source where = source.entry(entry.name());
        MemorySegment raw = file.asSlice(entry.data(), entry.compressedSize());
        if (!entry.deflated()) {
            checkCrc(where, entry, entry.crc() == 0 ? 0 : Inflation.crcOf(raw));
            return raw;
        }
        Inflation.Checked checked = Inflation.check(where, raw, entry.size());
        if (checked.consumed() != entry.compressedSize()) {
            throw where.bad("its compressed data ends before its end");
        }
        checkCrc(where, entry, checked.crc());
        return Inflation.expand(where, raw, entry.size(), arena);
    }

    private static void checkCrc(Source where, ZipEntry entry, int crc) {
        // PyTorch can be told to write no check sums; zero then stands for none.
        if (entry.crc() != 0 && entry.crc() != crc) {
            throw where.bad("its check sum is wrong");
        }
    }

    private record Directory(long offset, long end, long count) {}

    private Directory directory() {
        long end = findEnd();
        Cursor cursor = new Cursor(source, file).seek(end + 4);
        long disks = cursor.u16("the end of the directory") | cursor.u16("the end of the directory");
        long countHere = cursor.u16("the end of the directory");
        long count = cursor.u16("the end of the directory");
        long size = cursor.u32("the end of the directory");
        long offset = cursor.u32("the end of the directory");
        boolean has64 = end >= LOCATOR_SIZE && cursor.seek(end - LOCATOR_SIZE).i32("the locator") == LOCATOR;
        Directory directory = has64
                ? directory64(cursor, end - LOCATOR_SIZE, count, size, offset)
                : new Directory(offset, end, count);
        boolean split = disks != 0 || countHere != count;
        if (split || !has64 && offset + size != end) {
            throw source.bad(
                    split ? "it is one part of a split archive" : "its directory is not where it claims to be");
        }
        if (directory.count > (directory.end - directory.offset) / ZipEntryReader.CENTRAL_SIZE) {
            throw source.bad("it claims " + directory.count + " entries, more than its directory can hold");
        }
        return directory;
    }

    /** The larger fields of ZIP64; what the smaller ones say as well must be the same. */
    private Directory directory64(Cursor cursor, long locator, long count16, long size32, long offset32) {
        cursor.seek(locator + 4);
        long disk = cursor.u32("the locator");
        long end = cursor.i64("the locator");
        long disks = cursor.u32("the locator");
        if (disk != 0 || disks > 1 || end != locator - END_64_SIZE) {
            throw source.bad("its ZIP64 locator does not point to the ZIP64 end of its directory");
        }
        cursor.seek(end);
        int magic = cursor.i32("the ZIP64 end");
        long recordSize = cursor.i64("the ZIP64 end");
        cursor.skip(4, "the ZIP64 end");
        int thisDisk = cursor.i32("the ZIP64 end") | cursor.i32("the ZIP64 end");
        long countHere = cursor.i64("the ZIP64 end");
        long count = cursor.i64("the ZIP64 end");
        long size = cursor.i64("the ZIP64 end");
        long offset = cursor.i64("the ZIP64 end");
        boolean sound = magic == END_64 && recordSize == END_64_SIZE - 12 && thisDisk == 0 && countHere == count;
        boolean placed = size >= 0 && offset >= 0 && offset <= end && size == end - offset && count >= 0;
        boolean agrees = (count16 == 0xFFFF || count16 == count)
                && (size32 == ZipEntryReader.IN_64 || size32 == size)
                && (offset32 == ZipEntryReader.IN_64 || offset32 == offset);
        if (!sound || !placed || !agrees) {
            throw source.bad("the ZIP64 end of its directory contradicts the rest");
        }
        return new Directory(offset, end, count);
    }

    /** The record that ends the file; its comment must reach exactly to the end. */
    private long findEnd() {
        long last = file.byteSize() - END_SIZE;
        ValueLayout.OfInt i32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (file.get(i32, at) == END) {
                if (new Cursor(source, file).seek(at + END_SIZE - 2).u16("the comment") != last - at) {
                    throw source.bad("something follows the end of the archive");
                }
                return at;
            }
        }
        throw source.bad("it has no end of a ZIP directory: it is cut off or no ZIP archive");
    }
}

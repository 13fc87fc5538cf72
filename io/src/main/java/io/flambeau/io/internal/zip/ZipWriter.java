package io.flambeau.io.internal.zip;

import io.flambeau.io.internal.Inflation;
import io.flambeau.io.internal.Output;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an archive: of compressed entries, or of stored ones, each aligned so that it can be used where it lies. */
public final class ZipWriter {
    private static final int LOCAL_SIZE = 30;
    private static final int EXTRA_64_SIZE = 20;
    private static final long LARGEST_32 = 0xFFFFFFFFL;
    /** The id of PyTorch's padding fields. */
    private static final short PADDING = 0x4246;
    /** The same archive for the same content: no entry has the time of day. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final WritableByteChannel content;
    private final int alignment;
    private final boolean compressed;

    public ZipWriter(FileChannel channel, int alignment, boolean compressed) {
        this.channel = channel;
        this.zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        this.compressed = compressed;
        this.zip.setMethod(compressed ? ZipOutputStream.DEFLATED : ZipOutputStream.STORED);
        this.content = Channels.newChannel(zip);
        this.alignment = alignment;
    }

    public void add(String name, byte[] bytes) throws IOException {
        add(name, MemorySegment.ofArray(bytes));
    }

    /** Adds an entry; its content may come in several pieces. */
    public void add(String name, MemorySegment... pieces) throws IOException {
        zip.flush();
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        if (!compressed) {
            prepareStored(entry, pieces);
        }
        zip.putNextEntry(entry);
        for (MemorySegment piece : pieces) {
            Output.write(content, piece);
        }
        zip.closeEntry();
    }

    private void prepareStored(ZipEntry entry, MemorySegment... pieces) throws IOException {
        long size = 0;
        for (MemorySegment piece : pieces) {
            size += piece.byteSize();
        }
        entry.setSize(size);
        entry.setCrc(Integer.toUnsignedLong(Inflation.crcOf(pieces)));
        long data = channel.position() + LOCAL_SIZE + entry.getName().getBytes(StandardCharsets.UTF_8).length;
        entry.setExtra(padding(data + (size >= LARGEST_32 ? EXTRA_64_SIZE : 0)));
    }

    private byte[] padding(long data) {
        int pad = (int) Math.floorMod(-(data + 4), (long) alignment);
        return ByteBuffer.allocate(4 + pad)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING)
                .putShort((short) pad)
                .array();
    }

    /** Writes the directory; the channel stays open. */
    public void finish() throws IOException {
        zip.finish();
        zip.flush();
    }
}

package io.flambeau.io.internal.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds archives field by field, so that a test can make any of the fields lie. */
public final class ZipBuilder {
    /** The fields of one entry; every one may be changed before the archive is built. */
    public static final class Entry {
        public String centralName;
        public String localName;
        public byte[] content;
        public int method;
        public int centralMethod;
        public int flags;
        public int localFlags;
        public int madeBy = 20;
        public long attributes;
        public int crc;
        public int localCrc;
        public long compressedSize;
        public long localCompressedSize;
        public long size;
        public long localSize;
        public long offset = -1;
        public byte[] centralExtra = {};
        public byte[] localExtra = {};
        public byte[] trailer = {};
        long start;

        Entry(String name, byte[] content, int method, byte[] plain) {
            this.centralName = name;
            this.localName = name;
            this.content = content;
            this.method = method;
            this.centralMethod = method;
            CRC32 sum = new CRC32();
            sum.update(plain);
            this.crc = (int) sum.getValue();
            this.localCrc = crc;
            this.compressedSize = content.length;
            this.localCompressedSize = content.length;
            this.size = plain.length;
            this.localSize = plain.length;
        }
    }

    public final List<Entry> entries = new ArrayList<>();
    public byte[] before = {};
    public byte[] between = {};
    public byte[] after = {};
    public String comment = "";
    public int count = -1;
    public long directoryOffset = -1;
    public long directorySize = -1;
    public int disk;
    public boolean zip64;
    public long zip64Count = -1;

    public Entry stored(String name, byte[] content) {
        Entry entry = new Entry(name, content, 0, content);
        entries.add(entry);
        return entry;
    }

    public Entry stored(String name, String content) {
        return stored(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public Entry deflated(String name, byte[] plain) {
        Entry entry = new Entry(name, deflate(plain), 8, plain);
        entries.add(entry);
        return entry;
    }

    public static byte[] deflate(byte[] plain) {
        try (Deflater deflater = new Deflater(9, true)) {
            deflater.setInput(plain);
            deflater.finish();
            byte[] all = new byte[plain.length + 64];
            int length = deflater.deflate(all);
            return Arrays.copyOf(all, length);
        }
    }

    public byte[] build() {
        int content = entries.stream().mapToInt(e -> e.content.length + 200).sum();
        ByteBuffer out = ByteBuffer.allocate((1 << 20) + content).order(ByteOrder.LITTLE_ENDIAN);
        out.put(before);
        for (Entry e : entries) {
            e.start = out.position();
            byte[] name = e.localName.getBytes(StandardCharsets.UTF_8);
            out.putInt(0x04034B50).putShort((short) 20).putShort((short) (e.flags | e.localFlags));
            out.putShort((short) e.method).putInt(0).putInt(e.localCrc);
            out.putInt((int) e.localCompressedSize).putInt((int) e.localSize);
            out.putShort((short) name.length).putShort((short) e.localExtra.length);
            out.put(name).put(e.localExtra).put(e.content).put(e.trailer);
        }
        out.put(between);
        int start = out.position();
        for (Entry e : entries) {
            byte[] name = e.centralName.getBytes(StandardCharsets.UTF_8);
            out.putInt(0x02014B50)
                    .putShort((short) e.madeBy)
                    .putShort((short) 20)
                    .putShort((short) e.flags);
            out.putShort((short) e.centralMethod).putInt(0).putInt(e.crc);
            out.putInt((int) e.compressedSize).putInt((int) e.size);
            out.putShort((short) name.length)
                    .putShort((short) e.centralExtra.length)
                    .putShort((short) 0);
            out.putShort((short) 0).putShort((short) 0).putInt((int) e.attributes);
            out.putInt((int) (e.offset < 0 ? e.start : e.offset)).put(name).put(e.centralExtra);
        }
        int size = out.position() - start;
        int entryCount = count < 0 ? entries.size() : count;
        if (zip64) {
            int end = out.position();
            long count64 = zip64Count < 0 ? entryCount : zip64Count;
            out.putInt(0x06064B50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0);
            out.putLong(count64).putLong(count64).putLong(size).putLong(start);
            out.putInt(0x07064B50).putInt(0).putLong(end).putInt(1);
        }
        out.putInt(0x06054B50).putShort((short) disk).putShort((short) 0);
        out.putShort((short) entryCount).putShort((short) entryCount);
        out.putInt((int) (directorySize < 0 ? size : directorySize));
        out.putInt((int) (directoryOffset < 0 ? start : directoryOffset));
        out.putShort((short) comment.length())
                .put(comment.getBytes(StandardCharsets.US_ASCII))
                .put(after);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}

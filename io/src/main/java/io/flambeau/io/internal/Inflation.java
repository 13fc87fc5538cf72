package io.flambeau.io.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A deflate stream inside a file, inflated piece by piece into memory of the caller's size. */
public final class Inflation implements AutoCloseable {
    private static final int PIECE = 1 << 16;
    private static final long LARGEST_BUFFER = 1 << 30;

    private final Source source;
    private final MemorySegment deflated;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private long fed;

    public Inflation(Source source, MemorySegment deflated) {
        this.source = source;
        this.deflated = deflated;
    }

    /** Fills the memory and says how much of it: less than all only where the stream ends. */
    public long read(MemorySegment to) {
        long filled = 0;
        while (filled < to.byteSize() && !inflater.finished()) {
            ByteBuffer piece =
                    to.asSlice(filled, Math.min(to.byteSize() - filled, PIECE)).asByteBuffer();
            filled += inflate(piece);
            crc.update(piece.flip());
        }
        return filled;
    }

    private int inflate(ByteBuffer piece) {
        try {
            int made = inflater.inflate(piece);
            if (made == 0 && !inflater.finished()) {
                if (inflater.needsDictionary() || fed == deflated.byteSize()) {
                    throw source.bad("its compressed data ends too early");
                }
                long count = Math.min(deflated.byteSize() - fed, LARGEST_BUFFER);
                inflater.setInput(deflated.asSlice(fed, count).asByteBuffer());
                fed += count;
            }
            return made;
        } catch (DataFormatException e) {
            throw source.bad("its compressed data is damaged: " + e.getMessage());
        }
    }

    /** Inflates exactly that many bytes more, throws them away, and checks that the stream ends there. */
    private void drain(long size) {
        MemorySegment scratch = MemorySegment.ofArray(new byte[PIECE]);
        long left = size;
        while (left > 0) {
            long made = read(scratch.asSlice(0, Math.min(left, PIECE)));
            if (made == 0) {
                throw source.bad("it inflates to " + (size - left) + " bytes and claims " + size);
            }
            left -= made;
        }
        expectEnd(size);
    }

    private void expectEnd(long size) {
        if (read(MemorySegment.ofArray(new byte[1])) != 0) {
            throw source.bad("it inflates to more than the " + size + " bytes it claims");
        }
    }

    /** The bytes of the file that the stream took so far; all of it once the stream has ended. */
    public long consumed() {
        return inflater.getBytesRead();
    }

    /** The check sum of what came out so far. */
    public int crc() {
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** What is known of a stream that held what it claimed. */
    public record Checked(long consumed, int crc) {}

    /** Inflates a stream into nothing, to learn whether it is sound and as long as claimed. */
    public static Checked check(Source source, MemorySegment deflated, long size) {
        try (Inflation inflation = new Inflation(source, deflated)) {
            inflation.drain(size);
            return new Checked(inflation.consumed(), inflation.crc());
        }
    }

    /** Inflates a stream that was {@linkplain #check checked}: only then is memory of the claimed size allocated. */
    public static MemorySegment expand(Source source, MemorySegment deflated, long size, Arena arena) {
        try (Inflation inflation = new Inflation(source, deflated)) {
            MemorySegment expanded = arena.allocate(size, Long.BYTES);
            inflation.read(expanded);
            inflation.expectEnd(size);
            return expanded;
        }
    }

    /** The CRC-32 of bytes of any length, in any number of pieces. */
    public static int crcOf(MemorySegment... pieces) {
        CRC32 crc = new CRC32();
        for (MemorySegment piece : pieces) {
            for (long at = 0; at < piece.byteSize(); at += LARGEST_BUFFER) {
                crc.update(piece.asSlice(at, Math.min(piece.byteSize() - at, LARGEST_BUFFER))
                        .asByteBuffer());
            }
        }
        return (int) crc.getValue();
    }
}

package io.flambeau.io.internal;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes whole buffers and memory of any size to a channel. */
public final class Output {
    private static final long LARGEST_BUFFER = 1 << 30;

    private Output() {}

    public static void write(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    public static void write(WritableByteChannel channel, MemorySegment bytes) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += LARGEST_BUFFER) {
            write(
                    channel,
                    bytes.asSlice(at, Math.min(bytes.byteSize() - at, LARGEST_BUFFER))
                            .asByteBuffer());
        }
    }
}

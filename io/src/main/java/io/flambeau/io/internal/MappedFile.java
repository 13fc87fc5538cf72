package io.flambeau.io.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A whole file as read-only memory: nothing is read before it is touched, and nothing is copied. */
public final class MappedFile implements AutoCloseable {
    private final Source source;
    private final Arena arena;
    private final MemorySegment bytes;

    private MappedFile(Source source, Arena arena, MemorySegment bytes) {
        this.source = source;
        this.arena = arena;
        this.bytes = bytes;
    }

    /** Maps a file for reading from any thread until it is closed. */
    public static MappedFile open(String operation, Path file) {
        return map(Source.ofFile(operation, file), file, Arena.ofShared());
    }

    /** Maps a file, reads it with a function, and lets go of it whether the function returns or throws. */
    public static <T extends @Nullable Object> T read(String operation, Path file, Function<MappedFile, T> reader) {
        try (MappedFile mapped = map(Source.ofFile(operation, file), file, Arena.ofConfined())) {
            return mapped.guard(() -> reader.apply(mapped));
        }
    }

    /** Reads from the mapping; a file that something cuts off meanwhile is an error like any other. */
    public <T extends @Nullable Object> T guard(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (InternalError e) {
            // The JDK's answer to a page that vanished under a mapping.
            throw source.failed("read", e, "something made the file shorter while it was read");
        }
    }

    private static MappedFile map(Source source, Path file, Arena arena) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new MappedFile(source, arena, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException e) {
            arena.close();
            throw source.failed("read", e, "check the path and its permissions");
        }
    }

    public Source source() {
        return source;
    }

    public MemorySegment bytes() {
        return bytes;
    }

    @Override
    public void close() {
        arena.close();
    }
}

package io.flambeau.io.internal.torch;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.pickle.StorageRef;
import io.flambeau.io.internal.zip.ZipArchive;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** What a file of {@code torch.save} holds: a value whose tensors refer to storages, and the bytes of these. */
public interface TorchContent {
    /** The value, as the unpickler made it. */
    @Nullable Object value();

    /** The order of bytes in the storages. */
    ByteOrder order();

    /** The bytes of a whole storage, as many as its elements need. */
    MemorySegment bytes(StorageRef storage, Arena arena);

    /** Reads a file of either format. */
    static TorchContent read(Source source, MemorySegment file) {
        return ZipArchive.is(file) ? new TorchArchive(source, file) : new TorchStream(source, file);
    }
}

package io.flambeau.io.internal.torch;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.pickle.Plain;
import io.flambeau.io.internal.pickle.StorageRef;
import io.flambeau.io.internal.pickle.TensorRef;
import io.flambeau.io.internal.pickle.Unpickler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of {@code torch.save} before PyTorch 1.6: five pickles (a magic number, the protocol, the machine, the
 * value, the keys of the storages), then each storage with its length before it.
 */
final class TorchStream implements TorchContent {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private final Source source;
    private final ByteOrder order;
    private final @Nullable Object value;
    private final Map<String, StorageRef> roots = new HashMap<>();
    private final Map<String, MemorySegment> storages = new HashMap<>();

    TorchStream(Source source, MemorySegment file) {
        this.source = source;
        Cursor cursor = new Cursor(source, file);
        Budget budget = new Budget(source, file.byteSize());
        if (file.byteSize() == 0
                || cursor.u8("its first byte") != 0x80
                || !MAGIC.equals(Unpickler.read(cursor.seek(0), budget))) {
            throw source.bad("it is neither an archive nor a stream of torch.save");
        }
        if (!Long.valueOf(PROTOCOL).equals(Unpickler.read(cursor, budget))) {
            throw source.bad("it is not of protocol " + PROTOCOL);
        }
        this.order = order(Unpickler.read(cursor, budget));
        this.value = Unpickler.read(cursor, budget);
        new Plain(source, this::note).convert(value);
        readStorages(cursor, Unpickler.read(cursor, budget));
    }

    private ByteOrder order(@Nullable Object machine) {
        if (machine instanceof Map<?, ?> map && map.get("little_endian") instanceof Boolean little) {
            return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        }
        throw source.bad("it does not tell its order of bytes");
    }

    /** Remembers how long each storage must be: what comes later in the file must agree. */
    private Object note(TensorRef tensor) {
        StorageRef storage = tensor.storage();
        StorageRef known = roots.putIfAbsent(storage.key(), storage);
        if (known != null && (known.type() != storage.type() || known.count() != storage.count())) {
            throw source.bad("its tensors disagree about storage " + Source.quote(storage.key()));
        }
        return tensor;
    }

    private void readStorages(Cursor cursor, @Nullable Object keys) {
        if (!(keys instanceof List<?> list)) {
            throw source.bad("it does not list its storages");
        }
        Set<Object> seen = new HashSet<>();
        for (Object key : list) {
            StorageRef storage = key instanceof String name ? roots.get(name) : null;
            if (storage == null || !seen.add(key)) {
                throw source.bad("it lists a storage that no tensor needs, or lists one twice");
            }
            long count = cursor.i64("the length of a storage");
            if ((order == ByteOrder.LITTLE_ENDIAN ? count : Long.reverseBytes(count)) != storage.count()) {
                throw source.bad("storage " + Source.quote(storage.key()) + " of " + storage.count()
                        + " elements claims " + count);
            }
            long bytes = Sizes.times(
                    source, storage.key(), storage.count(), storage.type().bytes());
            storages.put(storage.key(), cursor.slice(bytes, "storage " + Source.quote(storage.key())));
        }
        if (storages.size() != roots.size() || cursor.remaining() != 0) {
            throw source.bad("it has " + storages.size() + " of " + roots.size() + " storages and " + cursor.remaining()
                    + " bytes after them");
        }
    }

    @Override
    public @Nullable Object value() {
        return value;
    }

    @Override
    public ByteOrder order() {
        return order;
    }

    @Override
    public MemorySegment bytes(StorageRef storage, Arena arena) {
        MemorySegment bytes = storages.get(storage.key());
        if (bytes == null) {
            throw source.bad("it has no data for storage " + Source.quote(storage.key()));
        }
        return bytes;
    }
}

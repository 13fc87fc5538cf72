package io.flambeau.io.internal.torch;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.pickle.StorageRef;
import io.flambeau.io.internal.pickle.Unpickler;
import io.flambeau.io.internal.zip.ZipArchive;
import io.flambeau.io.internal.zip.ZipEntry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of {@code torch.save} since PyTorch 1.6: an archive of {@code data.pkl} and one entry per storage. */
final class TorchArchive implements TorchContent {
    private static final String PICKLE = "/data.pkl";

    private final Source source;
    private final ZipArchive zip;
    private final String prefix;
    private final ByteOrder order;
    private final @Nullable Object value;

    TorchArchive(Source source, MemorySegment file) {
        this.source = source;
        Budget budget = new Budget(source, file.byteSize());
        this.zip = new ZipArchive(source, file, budget);
        List<ZipEntry> pickles = zip.entries().values().stream()
                .filter(entry -> entry.name().endsWith(PICKLE))
                .filter(entry -> entry.name().indexOf('/') == entry.name().length() - PICKLE.length())
                .toList();
        if (pickles.size() != 1) {
            throw source.bad("it has " + pickles.size() + " entries named data.pkl instead of one");
        }
        ZipEntry pickle = pickles.getFirst();
        this.prefix = pickle.name().substring(0, pickle.name().indexOf('/') + 1);
        if (zip.entries().containsKey(prefix + "constants.pkl")) {
            throw source.refuse("it is a TorchScript archive", "save the module's state_dict() with torch.save");
        }
        try (Arena arena = Arena.ofConfined()) {
            this.order = readOrder(arena);
            Cursor cursor = new Cursor(source.entry(pickle.name()), zip.content(pickle, arena));
            this.value = Unpickler.read(cursor, budget);
            if (cursor.remaining() != 0) {
                throw source.bad("something follows the end of its data.pkl");
            }
        }
    }

    private ByteOrder readOrder(Arena arena) {
        ZipEntry entry = zip.entries().get(prefix + "byteorder");
        if (entry == null) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        String order = entry.size() > 8
                ? ""
                : new Cursor(source, zip.content(entry, arena)).utf8(entry.size(), "the order of bytes");
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw source.bad("its order of bytes is neither little nor big");
        };
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
        ZipEntry entry = zip.entries().get(prefix + "data/" + storage.key());
        if (entry == null) {
            throw source.bad("it has no data for storage " + Source.quote(storage.key()));
        }
        long bytes = Sizes.times(
                source, storage.key(), storage.count(), storage.type().bytes());
        if (entry.size() != bytes) {
            throw source.bad("storage " + Source.quote(storage.key()) + " of " + storage.count() + " elements of "
                    + storage.type().title() + " has " + entry.size() + " bytes");
        }
        return zip.content(entry, arena);
    }
}

package io.flambeau.tensor.spi;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.op.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which tensors hold the memory of a device.
 *
 * <p>Without watching, those outside scopes and those in this thread's scopes are known; while watching, every storage
 * made since, with the line that made it.
 */
final class Holdings {
    private record Note(Device device, Memory.Holding holding) {}

    private static final Map<Block, Note> NOTES = new ConcurrentHashMap<>();
    private static volatile boolean watching = Boolean.getBoolean("flambeau.memory.watch");

    private Holdings() {}

    static void watch(boolean on) {
        watching = on;
        NOTES.clear();
    }

    /** Notes a new storage, if watching. */
    static void made(Device device, Block block, @Nullable Object origin, @Nullable Region region) {
        if (watching) {
            NOTES.put(block, new Note(device, holding(block, origin, region, Site.current())));
        }
    }

    /** Forgets a block that went back, if watching. */
    static void gone(Block block) {
        if (watching) {
            NOTES.remove(block);
        }
    }

    /** The largest storages on a device, largest first. */
    static List<Memory.Holding> largest(Device device, int most) {
        List<Memory.Holding> all = watching ? noted(device) : known(device);
        all.sort(Comparator.comparingLong(Memory.Holding::bytes).reversed());
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    private static List<Memory.Holding> noted(Device device) {
        List<Memory.Holding> all = new ArrayList<>();
        for (Note note : NOTES.values()) {
            if (note.device.equals(device)) {
                all.add(note.holding);
            }
        }
        return all;
    }

    private static List<Memory.Holding> known(Device device) {
        List<Memory.Holding> all = new ArrayList<>();
        for (Lease.Held held : Lease.all()) {
            if (held.pool().device().equals(device)) {
                all.add(holding(held.block(), held.origin(), null, ""));
            }
        }
        for (Region region = Local.current().top; region != null; region = region.outer()) {
            for (Storage storage : region.owned()) {
                if (storage.pool().device().equals(device)) {
                    all.add(holding(storage.block(), storage.origin(), region, ""));
                }
            }
        }
        return all;
    }

    private static Memory.Holding holding(Block block, @Nullable Object origin, @Nullable Region region, String site) {
        String operation = origin instanceof Op op ? op.title() : String.valueOf(origin);
        return new Memory.Holding(block.bytes, operation, region == null ? "" : region.name(), site);
    }
}

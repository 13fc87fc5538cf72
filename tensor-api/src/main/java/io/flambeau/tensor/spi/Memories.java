package io.flambeau.tensor.spi;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pools of all devices in use. */
public final class Memories {
    private static final Map<Device, Pool> POOLS = new ConcurrentHashMap<>();

    private Memories() {}

    /** The pool of a device; made at the first call. */
    public static Pool pool(Backend backend, Device device) {
        return POOLS.computeIfAbsent(device, d -> new Pool(backend, d));
    }

    /** The pools that were made so far. */
    public static Iterable<Pool> all() {
        return POOLS.values();
    }

    /** The pool of a device, or null if it was not used so far. */
    public static @Nullable Pool find(Device device) {
        return POOLS.get(device);
    }

    /** See {@link Memory#largest}. */
    public static List<Memory.Holding> largest(Device device, int most) {
        return Holdings.largest(device, most);
    }

    /** See {@link Memory#watch}. */
    public static void watch(boolean on) {
        Holdings.watch(on);
    }

    /** Returns the memory of everything that nothing refers to any more, asking the JVM for a collection. */
    public static void collect() {
        Lease.collect();
        Local.current().flush();
    }
}

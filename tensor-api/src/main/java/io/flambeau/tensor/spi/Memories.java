package io.flambeau.tensor.spi;

import io.flambeau.tensor.Device;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

    /** Returns the memory of everything that nothing refers to any more, asking the JVM for a collection. */
    public static void collect() {
        Local.current().flush();
        Lease.collect();
    }
}

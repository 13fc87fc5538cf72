package io.flambeau.tensor;

import io.flambeau.tensor.spi.Memories;
import io.flambeau.tensor.spi.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * What tensors use of the devices' memory.
 *
 * <pre>{@code
 * Memory.resetPeak(device);
 * step();
 * System.out.println(Memory.usage(device));     // cuda:0: 120 MiB live, 512 MiB peak, 576 MiB reserved
 * }</pre>
 */
public final class Memory {
    private Memory() {}

    /**
     * The bytes of one device.
     *
     * @param device which device
     * @param live used by tensors now
     * @param peak the most ever used, since {@link #resetPeak}
     * @param reserved taken from the device: used, or kept to be used again
     */
    public record Usage(Device device, long live, long peak, long reserved) {
        @Override
        public String toString() {
            return device + ": " + size(live) + " live, " + size(peak) + " peak, " + size(reserved) + " reserved";
        }

        private static String size(long bytes) {
            return bytes < 10L << 20 ? bytes + " bytes" : (bytes >> 20) + " MiB";
        }
    }

    /**
     * The memory of one tensor and its views.
     *
     * @param bytes its size
     * @param operation what made it
     * @param scope the scope it was made in; empty outside of scopes
     * @param site the line that made it; empty unless {@linkplain #watch watched}
     */
    public record Holding(long bytes, String operation, String scope, String site) {
        @Override
        public String toString() {
            return bytes + " bytes by " + operation + (scope.isEmpty() ? "" : " in scope \"" + scope + "\"")
                    + (site.isEmpty() ? "" : " at " + site);
        }
    }

    /** The usage of every device that was used so far. */
    public static List<Usage> usage() {
        List<Usage> all = new ArrayList<>();
        for (Pool pool : Memories.all()) {
            all.add(usage(pool.device()));
        }
        return all;
    }

    /** The usage of a device; zeros before its first use. */
    public static Usage usage(Device device) {
        Pool pool = Memories.find(device);
        return pool == null ? new Usage(device, 0, 0, 0) : new Usage(device, pool.live(), pool.peak(), pool.reserved());
    }

    /** Starts counting the peak of a device anew. */
    public static void resetPeak(Device device) {
        Pool pool = Memories.find(device);
        if (pool != null) {
            pool.resetPeak();
        }
    }

    /**
     * The largest storages of a device, largest first: those outside scopes and in this thread's scopes; all that were
     * made while {@linkplain #watch watching} is on.
     */
    public static List<Holding> largest(Device device, int most) {
        return Memories.largest(device, most);
    }

    /**
     * Notes from now on which line makes each tensor, which costs some microseconds each; or stops it. Watching from the
     * start is switched on by the system property {@code flambeau.memory.watch=true}.
     */
    public static void watch(boolean on) {
        Memories.watch(on);
    }

    /** Returns the memory of everything that nothing refers to any more, asking the JVM for a collection. */
    public static void collect() {
        Memories.collect();
    }

    /** Gives memory that is reserved but not used back to the device. */
    public static void trim(Device device) {
        Pool pool = Memories.find(device);
        if (pool != null) {
            pool.trim();
        }
    }
}

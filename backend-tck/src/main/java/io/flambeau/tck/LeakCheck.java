package io.flambeau.tck;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import java.util.List;

/**
 * Fails if what was made inside it is still live at its end, and names the lines that made it.
 *
 * <pre>{@code
 * try (LeakCheck _ = LeakCheck.of(Device.CPU)) {
 *     train(model);                      // on this thread alone: others' tensors would be counted
 * }
 * }</pre>
 */
public final class LeakCheck implements AutoCloseable {
    private final Device device;
    private final long before;

    private LeakCheck(Device device) {
        this.device = device;
        Memory.collect();
        before = Memory.usage(device).live();
        Memory.watch(true);
    }

    /** Begins to watch a device. */
    public static LeakCheck of(Device device) {
        return new LeakCheck(device);
    }

    @Override
    public void close() {
        // A busy machine may need more than one collection until all that is dead has been found.
        for (int i = 0; i < 3 && (i == 0 || Memory.usage(device).live() > before); i++) {
            Memory.collect();
        }
        List<Memory.Holding> left = Memory.largest(device, 10);
        Memory.watch(false);
        long leaked = Memory.usage(device).live() - before;
        if (leaked > 0) {
            StringBuilder text = new StringBuilder(leaked + " bytes on " + device + " were not given back:");
            left.forEach(holding -> text.append("\n    ").append(holding));
            throw new AssertionError(text.toString());
        }
    }
}

package io.flambeau.tensor.spi;

import io.flambeau.tensor.op.Op;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** Memory given to a tensor, for Java's flight recorder. */
@Name("io.flambeau.Allocation")
@Label("Allocation")
@Category("Flambeau")
@Description("Device memory that a pool gave to a tensor")
final class AllocationEvent extends Event {
    /** Asked on the hot path: its body is empty until the flight recorder starts. */
    private static final AllocationEvent SWITCH = new AllocationEvent();

    @Label("Operation")
    String operation = "";

    @Label("Device")
    String device = "";

    @Label("Size")
    @DataAmount
    long bytes;

    /** Notes an allocation, if the flight recorder is on. */
    static void made(Pool pool, Block block, @Nullable Object origin) {
        if (SWITCH.isEnabled()) {
            AllocationEvent event = new AllocationEvent();
            event.operation = origin instanceof Op op ? op.title() : String.valueOf(origin);
            event.device = pool.device().toString();
            event.bytes = block.bytes;
            event.commit();
        }
    }
}

package io.flambeau.tensor.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationEventTest {
    private static final int TIMES = 10_000;

    /** Its arguments are not even looked at. */
    private static void made() {
        for (int i = 0; i < TIMES; i++) {
            AllocationEvent.made(null, null, null);
        }
    }

    @Test
    void leavesNothingOnTheHeapWhileOff() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        made();
        long before = threads.getCurrentThreadAllocatedBytes();
        made();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TIMES);
    }
}

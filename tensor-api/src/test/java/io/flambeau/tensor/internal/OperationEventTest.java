package io.flambeau.tensor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/** What every operation asks before it runs. */
class OperationEventTest {
    private static final int TIMES = 10_000;

    private static int asked() {
        int on = 0;
        for (int i = 0; i < TIMES; i++) {
            on += OperationEvent.isOn() ? 1 : 0;
        }
        return on;
    }

    @Test
    void isOnWhileARecordingWantsIt() {
        try (Recording recording = new Recording()) {
            recording.enable("io.flambeau.Operation");
            recording.start();
            assertThat(asked()).isEqualTo(TIMES);
        }
        assertThat(asked()).isZero();
    }

    @Test
    void leavesNothingOnTheHeapWhileOff() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        asked();
        long before = threads.getCurrentThreadAllocatedBytes();
        asked();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TIMES);
    }
}

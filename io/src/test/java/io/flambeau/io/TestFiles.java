package io.flambeau.io;

import com.sun.management.ThreadMXBean;
import io.flambeau.io.internal.Source;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** What the tests of this module share: where the test data lies, and bytes from text. */
public final class TestFiles {
    public static final Source SOURCE = new Source("test", "memory");

    private TestFiles() {}

    public static MemorySegment utf8(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of heap that a call allocates in this thread. */
    public static long allocatedBytes(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        call.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

package io.flambeau.io;

import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.management.ThreadMXBean;
import io.flambeau.io.internal.Source;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests of this module share: where the test data lies, and bytes from text. */
public final class TestFiles {
    public static final Source SOURCE = new Source("test", "memory");

    private TestFiles() {}

    /** A path inside the test data; the test is skipped, and says so, where there is none. */
    public static Path data(String path) {
        String folder = System.getProperty("flambeau.testdata", System.getenv("FLAMBEAU_TESTDATA"));
        if (folder == null || !Files.exists(Path.of(folder, path))) {
            if (Boolean.getBoolean("flambeau.testdata.required")) {
                throw new AssertionError("test data is required and not there: " + folder + "/" + path);
            }
            abort("no test data: set -Dflambeau.testdata=DIR to a folder with " + path);
        }
        return Path.of(folder, path);
    }

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

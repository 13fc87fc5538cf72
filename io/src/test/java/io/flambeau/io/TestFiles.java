package io.flambeau.io;

import com.sun.management.ThreadMXBean;
import io.flambeau.io.internal.Source;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
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

    /** A tensor whose elements differ; of every dtype, whatever its operations are. */
    public static Tensor pattern(DType dtype, long... sizes) {
        byte[] bytes = new byte[Math.toIntExact(Shape.of(sizes).count() * dtype.bytes())];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (dtype == DType.BOOL ? i % 2 : 37 * i + 11 & 0x7F);
        }
        return Tensors.fromMemory(MemorySegment.ofArray(bytes), dtype, sizes);
    }

    /** The bytes of heap that a call allocates in this thread. */
    public static long allocatedBytes(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        call.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

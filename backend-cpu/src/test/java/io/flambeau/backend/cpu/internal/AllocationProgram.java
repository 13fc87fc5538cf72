package io.flambeau.backend.cpu.internal;

import com.sun.management.ThreadMXBean;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Unary;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs every elementwise function until it is compiled, then each once more after all others, and prints those that
 * leave more on the heap than a byte for an element.
 */
final class AllocationProgram {
    private static final int N = 4096;
    private static final int CALLS = 200;
    private static final int ROUNDS = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationProgram() {}

    public static void main(String[] arguments) {
        try (Arena arena = Arena.ofConfined()) {
            long x = floats(arena);
            long y = floats(arena);
            long z = floats(arena);
            long out = floats(arena);
            Map<String, Runnable> kernels = kernels(x, y, z, out);
            kernels.values().forEach(AllocationProgram::warm);
            int failed = 0;
            for (Map.Entry<String, Runnable> kernel : kernels.entrySet()) {
                long bytes = warm(kernel.getValue());
                if (bytes > N) {
                    System.out.println(kernel.getKey() + ": " + bytes + " bytes a call");
                    failed++;
                }
            }
            System.out.println(failed + " of " + kernels.size());
        }
    }

    private static long floats(Arena arena) {
        long at = arena.allocate(4L * N, 64).address();
        for (int i = 0; i < N; i++) {
            Mem.f32(at + 4L * i, (i + 0.5f) / N);
        }
        return at;
    }

    private static Map<String, Runnable> kernels(long x, long y, long z, long out) {
        Map<String, Runnable> kernels = new LinkedHashMap<>();
        for (Unary op : Unary.values()) {
            // StrictMath's powers and tangents make arrays.
            if (op.isDefined(DType.F32) && op != Unary.EXP2 && op != Unary.TAN) {
                Strip strip = Families.unary(op, Element.F32).strip().now();
                kernels.put(op.name(), () -> strip.run(N, x, y, z, out));
            }
        }
        for (Binary op : Binary.values()) {
            if (op.isDefined(DType.F32) && op != Binary.POW) {
                Strip strip = Families.binary(op, Element.F32).strip().now();
                kernels.put(op.name(), () -> strip.run(N, x, y, z, out));
            }
        }
        for (Compare op : Compare.values()) {
            Strip strip = Families.compare(op, Element.F32).strip().now();
            kernels.put(op.name(), () -> strip.run(N, x, y, z, out));
        }
        for (Element half : new Element[] {Element.F16, Element.BF16}) {
            Move narrow = Move.of(Element.F32, half);
            Move wide = Move.of(half, Element.F32);
            kernels.put("to " + half, () -> narrow.run(N, x, 4, out, 2));
            kernels.put("from " + half, () -> wide.run(N, out, 2, z, 4));
        }
        for (Row row : Row.values()) {
            kernels.put("row " + row, () -> row.map(N, x, y, z, out, 0.5f, 0.5f, 0.5f));
            kernels.put("sum " + row, () -> row.sum(N, x, y, z, 0.5f, 0.5f));
        }
        return kernels;
    }

    /** Calls a kernel until it leaves little, or often enough to be compiled; what the last calls left, each. */
    private static long warm(Runnable kernel) {
        long left = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && left > N; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                kernel.run();
            }
            left = (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
        }
        return left;
    }
}

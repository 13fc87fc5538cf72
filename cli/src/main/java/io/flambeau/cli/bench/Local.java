package io.flambeau.cli.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This process as one side. */
final class Local implements Side {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LEAST = 20;

    /** A window of fewer than so many measurements may take so much longer. */
    private static final int PATIENCE = 5;

    private static final int WINDOWS = 8;
    private static final double SETTLED = 0.95;

    private final Library library;
    private final Map<String, Workload> made = new HashMap<>();
    private long allocated;

    Local(Library library) {
        this.library = library;
    }

    @Override
    public String title() {
        return library.title();
    }

    @Override
    public Optional<String> warm(Case work, double seconds) {
        // The work of earlier rows would hold memory that this row could use.
        made.clear();
        double last = Double.POSITIVE_INFINITY;
        for (int i = 0; i < WINDOWS; i++) {
            double now = window(workload(work), work.times(), seconds);
            if (now > SETTLED * last) {
                break;
            }
            last = now;
        }
        return Optional.of("");
    }

    /** The median of the measurements that fit into so many seconds. */
    private double window(Workload workload, int times, double seconds) {
        List<Double> measured = new ArrayList<>();
        for (double sum = 0;
                measured.size() < LEAST && sum < PATIENCE * seconds || sum < seconds;
                sum += measured.getLast()) {
            long start = System.nanoTime();
            workload.run(times);
            library.synchronize();
            measured.add((System.nanoTime() - start) / 1e9);
        }
        return Statistics.median(
                measured.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private Workload workload(Case work) {
        return made.computeIfAbsent(work.name(), _ -> work.work().get());
    }

    @Override
    public double[] run(Case work, int count) {
        Workload workload = workload(work);
        double[] seconds = new double[count];
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            workload.run(work.times());
            library.synchronize();
            seconds[i] = (System.nanoTime() - start) / 1e9 / work.times();
        }
        allocated = (THREADS.getCurrentThreadAllocatedBytes() - before) / ((long) count * work.times());
        return seconds;
    }

    /** The bytes of Java's heap that this thread took for each time of the last run. */
    long allocated() {
        return allocated;
    }

    @Override
    public long peak() {
        return peak(Path.of("/proc/self/status"));
    }

    static long peak(Path status) {
        try {
            List<String> lines = Files.readAllLines(status);
            return lines.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        made.clear();
    }
}

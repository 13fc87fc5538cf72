package io.flambeau.cli.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes turns with PyTorch on the same machine, in one run, and prints a table of medians and their ratio. */
public final class Comparison {
    private static final int ROUNDS = 5;
    private static final double WARM_SECONDS = 4;
    private static final double ROUND_SECONDS = 1;

    private final PrintStream out;
    private final String python;
    private final int threads;

    /**
     * @param python the command that runs a Python with torch
     * @param threads how many threads each side has
     */
    public Comparison(PrintStream out, String python, int threads) {
        this.out = out;
        this.python = python;
        this.threads = threads;
    }

    public void run() throws IOException {
        Optional<Peer> peer = Peer.start(python, threads);
        try {
            out.println(
                    peer.isPresent()
                            ? "against PyTorch " + peer.get().version() + ", " + threads
                                    + " threads, medians, taking turns"
                            : "without PyTorch: '" + python
                                    + "' does not run a Python with torch; name one with --python");
            out.println("training step        ours      PyTorch   PyTorch / ours");
            double logs = 0;
            int compared = 0;
            for (Map.Entry<String, Supplier<Workload>> entry : Workloads.all().entrySet()) {
                double ratio = row(entry.getKey(), entry.getValue().get(), peer);
                if (ratio > 0) {
                    logs += Math.log(ratio);
                    compared++;
                }
            }
            if (compared > 0) {
                out.println(String.format(Locale.ROOT, "geometric mean %37.2f", Math.exp(logs / compared)));
            }
        } finally {
            if (peer.isPresent()) {
                peer.get().close();
            }
        }
    }

    private double row(String name, Workload workload, Optional<Peer> peer) {
        double each = warm(workload);
        int count = (int) Math.clamp(ROUND_SECONDS / each, 3, 5000);
        double[] ours = new double[ROUNDS * count];
        double[] theirs = new double[ROUNDS * count];
        peer.ifPresent(p -> p.steps(name, count));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                workload.step();
                ours[round * count + i] = (System.nanoTime() - start) / 1e9;
            }
            if (peer.isPresent()) {
                System.arraycopy(peer.get().steps(name, count), 0, theirs, round * count, count);
            }
        }
        double mine = median(ours);
        double other = peer.isPresent() ? median(theirs) : 0;
        out.println(String.format(
                Locale.ROOT,
                "%-14s %9.3f ms %s",
                name,
                mine * 1e3,
                peer.isPresent() ? String.format(Locale.ROOT, "%9.3f ms %12.2f", other * 1e3, other / mine) : ""));
        return other / mine;
    }

    /** Steps until the compiler has settled; gives the seconds of a step. */
    private static double warm(Workload workload) {
        long start = System.nanoTime();
        long last = start;
        int steps = 0;
        double each = 0;
        while ((last - start) / 1e9 < WARM_SECONDS || steps < 20) {
            workload.step();
            long now = System.nanoTime();
            each = (now - last) / 1e9;
            last = now;
            steps++;
        }
        return each;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

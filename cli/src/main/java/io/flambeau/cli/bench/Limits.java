package io.flambeau.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the machine can do at most, measured in the same run as the rows: short bursts on every thread at once, of which
 * each thread's best counts, so that other programs on the machine disturb little.
 *
 * @param flops floating point operations in a second, by a loop of fused multiply-adds in registers
 * @param bandwidth bytes in a second, by c = a + b on arrays as large as those of the rows
 */
record Limits(double flops, double bandwidth) {
    private static final int BURSTS = 2000;
    private static final int IN_CACHE = 8192;
    private static final int IN_MEMORY = 4_000_000;
    private static final int FUSED = 14;

    /** A burst of work that gives its rate. */
    private interface Burst {
        double rate();
    }

    /** Of a device other than the processor, of which nothing is known. */
    static final Limits UNKNOWN = new Limits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    static Limits measure(int threads) {
        double flops = together(threads, BURSTS, _ -> {
            float[] values = new float[IN_CACHE];
            return () -> fused(values);
        });
        float[] a = new float[IN_MEMORY];
        float[] b = new float[IN_MEMORY];
        float[] c = new float[IN_MEMORY];
        double bandwidth = together(threads, BURSTS / 20, part -> {
            int from = (int) ((long) IN_MEMORY * part / threads);
            int to = (int) ((long) IN_MEMORY * (part + 1) / threads);
            return () -> added(a, b, c, from, to);
        });
        return new Limits(flops, bandwidth);
    }

    /** The sum of the threads' best rates. */
    private static double together(int threads, int bursts, IntFunction<Burst> burst) {
        double[] best = new double[threads];
        List<Thread> running = new ArrayList<>();
        for (int part : IntStream.range(0, threads).toArray()) {
            running.add(Thread.ofPlatform().start(() -> {
                Burst mine = burst.apply(part);
                for (int i = 0; i < bursts; i++) {
                    best[part] = Math.max(best[part], mine.rate());
                }
            }));
        }
        for (Thread thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Arrays.stream(best).sum();
    }

    private static double fused(float[] values) {
        int passes = 50;
        long start = System.nanoTime();
        for (int i = 0; i < passes; i++) {
            fusedPass(values, 0.5f, 0.25f);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return 2.0 * FUSED * values.length * passes / seconds;
    }

    /** Two independent chains an element hide the latency; the compiler turns the loop into vectors. */
    private static void fusedPass(float[] values, float x, float y) {
        for (int i = 0; i < values.length; i++) {
            float v = values[i];
            float w = v;
            v = Math.fma(v, x, y);
            w = Math.fma(w, y, x);
            v = Math.fma(v, x, y);
            w = Math.fma(w, y, x);
            v = Math.fma(v, x, y);
            w = Math.fma(w, y, x);
            v = Math.fma(v, x, y);
            w = Math.fma(w, y, x);
            v = Math.fma(v, x, y);
            w = Math.fma(w, y, x);
            v = Math.fma(v, x, y);
            w = Math.fma(w, y, x);
            v = Math.fma(v, x, y);
            values[i] = Math.fma(v, x, w);
        }
    }

    private static double added(float[] a, float[] b, float[] c, int from, int to) {
        long start = System.nanoTime();
        addPass(a, b, c, from, to);
        return 3.0 * Float.BYTES * (to - from) / ((System.nanoTime() - start) / 1e9);
    }

    private static void addPass(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] + b[i];
        }
    }

    /** The part of the limit that so many seconds reach, or 0 for work without one. */
    double share(Case work, double seconds) {
        return Math.max(work.flops() / flops, work.bytes() / bandwidth) / seconds;
    }

    @Override
    public String toString() {
        if (equals(UNKNOWN)) {
            return "not measured";
        }
        return String.format(Locale.ROOT, "%.0f GFLOP/s of multiply-adds, %.1f GB/s", flops / 1e9, bandwidth / 1e9);
    }
}

package io.flambeau.backend.cpu.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The worker gang: the calling thread and a few daemon threads that share the parts of one kernel.
 *
 * <p>Note [Parts depend on the shape alone]: a kernel cuts its work into parts by its shape, never by the number of
 * threads, and no part reads what another writes. So it does not matter who runs a part, and the bits are the same for
 * any number of threads, which is that of the processors until the API says another. A thread begins with its own
 * share, the same in every kernel of that shape, since its caches may still hold it; then it takes from the others'.
 * Whoever does not get the gang (a second user thread, or a kernel inside a kernel) runs its parts itself.
 */
public final class Workers {
    /** One kernel cut into parts. */
    @FunctionalInterface
    public interface Parts {
        void run(int part);
    }

    /** A range of independent elements. */
    @FunctionalInterface
    public interface Range {
        void run(long from, long to);
    }

    /** Elements of cheap work below which a kernel stays on its caller. */
    public static final long GRAIN = 32 * 1024;

    private static final int SPINS = 4_000;
    private static final AtomicBoolean BUSY = new AtomicBoolean();

    private static volatile Gang gang = new Gang(0);
    private static volatile int threads;

    static {
        setThreads(Runtime.getRuntime().availableProcessors());
    }

    private Workers() {}

    public static int threads() {
        return threads;
    }

    /** Sets how many threads, the caller included, share a kernel; at least one. */
    public static synchronized void setThreads(int count) {
        int wanted = Math.max(1, count);
        if (wanted == threads) {
            return;
        }
        while (!BUSY.compareAndSet(false, true)) {
            Thread.onSpinWait();
        }
        try {
            gang.stop();
            gang = new Gang(wanted - 1);
            threads = wanted;
        } finally {
            BUSY.set(false);
        }
    }

    /** Runs parts 0 to {@code count - 1}; returns when all are done and throws what the first failing part threw. */
    public static void run(int count, Parts parts) {
        if (count > 1 && threads > 1 && BUSY.compareAndSet(false, true)) {
            try {
                gang.run(new Job(parts, count, threads));
            } finally {
                BUSY.set(false);
            }
            return;
        }
        for (int part = 0; part < count; part++) {
            parts.run(part);
        }
    }

    /**
     * Cuts 0 to {@code n} into ranges of about {@code grain} elements, multiples of {@code unit}, and runs them. Only
     * for work whose elements do not depend on where the cuts are.
     */
    public static void ranges(long n, long unit, long grain, Range range) {
        if (n <= grain || threads == 1) {
            if (n > 0) {
                range.run(0, n);
            }
            return;
        }
        long units = (n + unit - 1) / unit;
        int count = (int) Math.min(Math.min(64, units), (n + grain - 1) / grain);
        run(count, part -> {
            long from = units * part / count * unit;
            long to = Math.min(n, units * (part + 1) / count * unit);
            if (from < to) {
                range.run(from, to);
            }
        });
    }

    private static final class Job {
        final Parts parts;
        final int count;
        /** The next part of each thread's share. */
        final AtomicIntegerArray next;

        final AtomicInteger done = new AtomicInteger();
        volatile @Nullable Throwable failure;

        Job(Parts parts, int count, int threads) {
            this.parts = parts;
            this.count = count;
            this.next = new AtomicIntegerArray(threads);
            for (int thread = 1; thread < threads; thread++) {
                next.set(thread, first(thread));
            }
        }

        private int first(int thread) {
            return (int) ((long) count * thread / next.length());
        }

        /** Runs what is left of this thread's share, then of the others'. */
        void work(int thread) {
            int threads = next.length();
            for (int i = 0; i < threads && done.get() < count; i++) {
                share((thread + i) % threads);
            }
        }

        private void share(int thread) {
            int end = first(thread + 1);
            for (int part; (part = next.getAndIncrement(thread)) < end; ) {
                try {
                    if (failure == null) {
                        parts.run(part);
                    }
                } catch (Throwable t) {
                    failure = t;
                } finally {
                    done.getAndIncrement();
                }
            }
        }
    }

    private static final class Gang {
        private final Worker[] workers;
        private volatile @Nullable Job job;
        private volatile boolean stopped;

        Gang(int size) {
            workers = new Worker[size];
            for (int i = 0; i < size; i++) {
                workers[i] = new Worker(this, i);
                workers[i].start();
            }
        }

        void run(Job next) {
            job = next;
            for (Worker worker : workers) {
                if (worker.parked) {
                    LockSupport.unpark(worker);
                }
            }
            next.work(0);
            for (int spins = 0; next.done.get() < next.count; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            job = null;
            Throwable failure = next.failure;
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }

        void stop() {
            stopped = true;
            for (Worker worker : workers) {
                LockSupport.unpark(worker);
            }
        }
    }

    private static final class Worker extends Thread {
        private final Gang gang;
        private final int index;
        volatile boolean parked;

        Worker(Gang gang, int index) {
            super(null, null, "flambeau-cpu-" + (index + 1), 0, false);
            this.gang = gang;
            this.index = index;
            setDaemon(true);
        }

        @Override
        public void run() {
            Job seen = null;
            while (!gang.stopped) {
                Job job = await(seen);
                if (job != null) {
                    job.work(index + 1);
                }
                seen = job;
            }
        }

        /** The next job, or null when the gang is stopped or has none again. */
        private @Nullable Job await(@Nullable Job seen) {
            for (int spins = 0; ; spins++) {
                Job job = gang.job;
                if (job != seen || gang.stopped) {
                    return job;
                }
                if (spins < SPINS) {
                    Thread.onSpinWait();
                    continue;
                }
                // The flag is up before the last look, so that whoever publishes a job after the look sees it.
                parked = true;
                if (gang.job == seen && !gang.stopped) {
                    LockSupport.park(this);
                }
                parked = false;
            }
        }
    }
}

package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Level2;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.spi.RowSteps;

/**
 * Takes the steps of an iteration on the rows of a matrix of doubles, thousands of rotations at a time: a strip of the
 * columns stays in the cache for all of them, and threads share the strips.
 */
final class Steps implements RowSteps {
    /** Rotations in a list. */
    static final int CAPACITY = 4096;

    /** Columns of a strip. */
    private static final int STRIP = 64;

    private static final Level2 LEVEL2 = Level2.of();

    private final long rows;
    private final int ld;
    private final long list;
    private int count;

    /**
     * @param rows the matrix, {@code ld} numbers from row to row, a multiple of the lanes
     * @param list room for {@link #CAPACITY} rotations
     */
    Steps(long rows, int ld, long list) {
        this.rows = rows;
        this.ld = ld;
        this.list = list;
    }

    /** The doubles of a list. */
    static long work() {
        return (long) CAPACITY * Level2.ROTATION / 8;
    }

    private long row(int i) {
        return 8L * ld * i;
    }

    @Override
    public void rotate(int x, int y, double c, double s) {
        long at = list + (long) count * Level2.ROTATION;
        Mem.i64(at, row(x));
        Mem.i64(at + 8, row(y));
        Mem.f64(at + 16, c);
        Mem.f64(at + 24, s);
        if (++count == CAPACITY) {
            flush();
        }
    }

    /** Takes the steps that are in the list. */
    void flush() {
        int taken = count;
        count = 0;
        if (taken > 0) {
            Workers.run((ld + STRIP - 1) / STRIP, strip -> {
                int first = strip * STRIP;
                LEVEL2.rotate(taken, list, rows + 8L * first, Math.min(STRIP, ld - first));
            });
        }
    }

    @Override
    public void swap(int x, int y) {
        flush();
        for (int j = 0; j < ld; j++) {
            long p = rows + row(x) + 8L * j;
            long q = rows + row(y) + 8L * j;
            double t = Mem.f64(p);
            Mem.f64(p, Mem.f64(q));
            Mem.f64(q, t);
        }
    }

    @Override
    public void negate(int x) {
        flush();
        for (int j = 0; j < ld; j++) {
            long p = rows + row(x) + 8L * j;
            Mem.f64(p, -Mem.f64(p));
        }
    }
}

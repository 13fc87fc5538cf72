package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.backend.cpu.internal.Butterflies;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;
import java.lang.foreign.MemorySegment;

/** Any length as a convolution with a chirp: j k = (j^2 + k^2 - (k - j)^2) / 2 (Bluestein, 1970). */
final class Bluestein extends Plan {
    private static final int LANES = Butterflies.LANES;
    private static final Butterflies BUTTERFLIES = Butterflies.of();
    /** Rows that are multiplied at a time. */
    private static final int TOGETHER = 32;

    private final Plan convolution;
    /** Both as rows of eight numbers. */
    private final MemorySegment chirp;

    private final MemorySegment filter;

    Bluestein(int n) {
        super(n);
        int m = Integer.highestOneBit(2 * n - 2) << 1;
        convolution = Plan.of(m);
        chirp = Roots.allocate(2L * LANES * blocks(n));
        filter = Roots.allocate(2L * m);
        Field pairs = pairs(filter.address());
        filter.fill((byte) 0);
        for (int k = 0; k < n; k++) {
            long at = chirp.address() + k / LANES * (long) Butterflies.ROW + k % LANES * 8L;
            Roots.put((long) k * k % (2L * n), 2L * n, at, Butterflies.PART);
            double re = Mem.f64(at) / m;
            double im = -Mem.f64(at + Butterflies.PART) / m;
            pairs.set(k, re, im);
            if (k > 0) {
                pairs.set(m - k, re, im);
            }
        }
        convolution.run(pairs, pairs, 1, 1);
        // In place: a row of eight numbers takes as much room as eight pairs.
        for (int k = 0; k < m; k += LANES) {
            long row = filter.address() + 16L * k;
            long work = Scratch.get(Scratch.FUSED, Butterflies.ROW);
            pairs(row).gather(1, 0, LANES, LANES, 16, work);
            Mem.copy(work, row, Butterflies.ROW);
        }
    }

    private static int blocks(int n) {
        return (n + LANES - 1) / LANES;
    }

    /** A line by itself. */
    private static Field pairs(long address) {
        return Field.pairs(address, true, Long.MAX_VALUE);
    }

    @Override
    long bytes() {
        return chirp.byteSize() + filter.byteSize();
    }

    @Override
    void run(Field from, Field to, int lines, double scale) {
        Field work = pairs(Scratch.get(Scratch.COLUMNS, 16L * convolution.n));
        for (int l = 0; l < lines; l++) {
            multiply(n, from.from(l), chirp.address(), work, 1);
            Mem.zero(work.address() + 16L * n, 16L * (convolution.n - n));
            convolution.run(work, work, 1, 1);
            multiply(convolution.n, work, filter.address(), work, 1);
            convolution.run(work.swapped(), work.swapped(), 1, 1);
            multiply(n, work, chirp.address(), to.from(l), scale);
        }
    }

    /** Multiplies a line with rows of eight numbers, a few at a time. */
    private static void multiply(int n, Field x, long rows, Field to, double scale) {
        long work = Scratch.get(Scratch.FUSED, (long) TOGETHER * Butterflies.ROW);
        int whole = n / LANES;
        for (int r = 0; r < whole; r += TOGETHER) {
            multiply(Math.min(TOGETHER, whole - r), LANES, r, x, rows, to, scale, work);
        }
        if (n % LANES > 0) {
            multiply(1, n % LANES, whole, x, rows, to, scale, work);
        }
    }

    private static void multiply(int count, int lanes, int r, Field x, long rows, Field to, double scale, long work) {
        x.gather(count, (long) r * LANES, LANES, lanes, x.next(), work);
        BUTTERFLIES.multiply(count, work, rows + (long) r * Butterflies.ROW, work);
        to.scatter(count, (long) r * LANES, LANES, lanes, to.next(), work, scale);
    }
}

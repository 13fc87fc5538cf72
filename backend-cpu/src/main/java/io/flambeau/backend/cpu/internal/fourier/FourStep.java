package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.backend.cpu.internal.Butterflies;
import io.flambeau.backend.cpu.internal.LineMoves;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A long line as a matrix of n1 rows and n2 columns: its columns are transformed, eight at a time, then multiplied with
 * roots of unity, then its rows, each result a column of the transform (Bailey, "FFTs in External or Hierarchical
 * Memory", 1990). So one line fills the lanes, and its parts the first cache.
 */
final class FourStep extends Plan {
    /** Numbers from which a line is cut; shorter ones fit the first cache eight at a time. */
    private static final int LEAST = 513;
    /** Numbers of a line that several threads share. */
    private static final int SHARED = 1 << 15;

    private static final int LANES = Butterflies.LANES;
    private static final int ROW = Butterflies.ROW;
    private static final Butterflies BUTTERFLIES = Butterflies.of();
    private static final LineMoves MOVES = LineMoves.of();

    /** The longest line that stays whole where eight of them lie side by side. */
    private static final int WHOLE = 4096;

    private final int n1;
    private final int n2;
    private final Stockham first;
    private final Stockham second;
    private final @Nullable Stockham whole;
    /** For each eight columns, a row of roots for each row of the matrix. */
    private final MemorySegment twiddles;

    FourStep(int n, int columns) {
        super(n);
        n1 = n / columns;
        n2 = columns;
        first = new Stockham(n1);
        second = new Stockham(n2);
        whole = n <= WHOLE ? new Stockham(n) : null;
        twiddles = Roots.allocate(2L * n1 * blocks(n2) * LANES);
        for (int k = 0; k < n1; k++) {
            for (int j = 0; j < n2; j++) {
                long row = (long) (j / LANES) * n1 + k;
                Roots.put((long) k * j % n, n, twiddles.address() + row * ROW + j % LANES * 8L, Butterflies.PART);
            }
        }
    }

    private static int blocks(int n) {
        return (n + LANES - 1) / LANES;
    }

    /** The columns of the matrix that fills most lanes and is nearest to a square; 0 where lines are better left whole. */
    static int split(int n) {
        if (n < LEAST) {
            return 0;
        }
        int best = 0;
        long least = 3L * n / 2;
        for (int d = 4; (long) d * d <= n; d++) {
            if (n % d == 0) {
                long cost = (long) blocks(d) * blocks(n / d) * LANES * LANES;
                if (cost <= least) {
                    least = cost;
                    best = d;
                }
            }
        }
        return best;
    }

    @Override
    long bytes() {
        return twiddles.byteSize() + first.bytes() + second.bytes() + 16L * (whole == null ? 0 : n);
    }

    @Override
    void run(Field from, Field to, int lines, double scale) {
        if (whole != null && from.line() < from.next()) {
            whole.run(from, to, lines, scale);
            return;
        }
        for (int l = 0; l < lines; l++) {
            line(from.from(l), to.from(l), scale);
        }
    }

    private void line(Field from, Field to, double scale) {
        long matrix = Scratch.get(Scratch.SHARED, ((long) n1 * blocks(n2) + LANES) * ROW);
        if (n < SHARED) {
            for (int b = 0; b < blocks(n2); b++) {
                columns(b, from, matrix);
            }
            for (int b = 0; b < blocks(n1); b++) {
                rows(b, matrix, to, scale);
            }
        } else {
            Workers.run(blocks(n2), b -> columns(b, from, matrix));
            Workers.run(blocks(n1), b -> rows(b, matrix, to, scale));
        }
    }

    /** Transforms eight columns into the matrix, [blocks of columns][n1] rows. */
    private void columns(int b, Field from, long matrix) {
        long work = Scratch.get(Scratch.FUSED, 2L * n1 * ROW);
        int count = Math.min(LANES, n2 - b * LANES);
        from.gather(n1, b * LANES, n2, count, from.next(), work);
        long at = (long) b * n1 * ROW;
        BUTTERFLIES.multiply(n1, first.rows(work), twiddles.address() + at, matrix + at);
    }

    /** Transforms eight rows of the matrix. */
    private void rows(int b, long matrix, Field to, double scale) {
        long work = Scratch.get(Scratch.FUSED, 2L * (n2 + LANES) * ROW);
        int count = Math.min(LANES, n1 - b * LANES);
        for (int c = 0; c < blocks(n2); c++) {
            MOVES.turn(matrix + ((long) c * n1 + b * LANES) * ROW, work + (long) c * LANES * ROW);
        }
        to.scatter(n2, b * LANES, n1, count, to.next(), second.rows(work), scale);
    }
}

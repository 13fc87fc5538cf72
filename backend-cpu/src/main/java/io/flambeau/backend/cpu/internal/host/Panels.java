package io.flambeau.backend.cpu.internal.host;

import static io.flambeau.backend.cpu.internal.host.Deferred.BLOCK;

import io.flambeau.backend.cpu.internal.Mem;

/**
 * The reflections of one side of a reduction, block by block, and the orthogonal matrix that is their product. The vector
 * of reflection k begins at row {@code shift + k}.
 *
 * @param rows the order of the matrix
 * @param work {@link #work} doubles
 */
record Panels(int rows, int shift, double[] taus, long work) {
    static long work(int rows, int count) {
        long blocks = (count + BLOCK - 1) / BLOCK;
        return blocks * BLOCK * rows + (long) BLOCK * BLOCK + BlockReflector.work(BLOCK, rows);
    }

    private int count() {
        return taus.length;
    }

    private long panel(int first) {
        return work + 8L * first * rows;
    }

    /** Keeps the vectors of the block from {@code first} on: every second column from {@code at} on. */
    void keep(int first, long at) {
        int width = Math.min(BLOCK, count() - first);
        if (width <= 0) {
            return;
        }
        for (int i = shift + first; i < rows; i++) {
            long to = panel(first) + 8L * width * (i - shift - first);
            for (int k = 0; k < width; k++) {
                Mem.f64(to + 8L * k, Mem.f64(at + 8L * Deferred.COLUMNS * i + 16L * k));
            }
        }
    }

    /** Writes the first columns of the product of all reflections, {@code ld} numbers from row to row. */
    void product(long q, int columns, int ld) {
        Mem.zero(q, 8L * rows * ld);
        for (int i = 0; i < columns; i++) {
            Mem.f64(q + 8L * ((long) i * ld + i), 1);
        }
        long triangle = panel((count() + BLOCK - 1) / BLOCK * BLOCK);
        for (int first = (count() - 1) / BLOCK * BLOCK; first >= 0; first -= BLOCK) {
            int width = Math.min(BLOCK, count() - first);
            int from = shift + first;
            BlockReflector block =
                    new BlockReflector(panel(first), rows - from, width, triangle, triangle + 8L * BLOCK * BLOCK);
            block.couple(taus, first);
            block.apply(false, q + 8L * ((long) from * ld + from), columns - from, ld);
        }
    }
}

package io.flambeau.backend.cpu.internal;

/**
 * The innermost step of a product: a tile of {@code rows} by {@code cols} numbers, each the chain
 * {@code fma(a[i][k], b[k][j], sum)} over ascending k from zero.
 *
 * <p>A kernel reads the left factor, in place or packed, and a panel of the right factor, {@code [k][cols]}, and
 * stores its sums: in the result itself where a whole tile is to be stored, else in a small tile of memory. Merging that
 * into the result is another method's work, which keeps the kernel small enough for both compilers.
 */
public abstract class MicroKernel {
    public final int rows;
    public final int cols;

    protected MicroKernel(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * Multiplies {@code depth} terms. {@code pitch} is the distance in bytes between rows of {@code a}, {@code next}
     * that between the numbers of a row; {@code step} that between rows of {@code b}, {@code row} that between those of
     * the sums at {@code to}.
     */
    public abstract void run(int depth, long a, long pitch, long next, long b, long step, long to, long row);

    /** Packs a full-width panel of {@code depth} rows, {@code step} bytes apart. */
    public abstract void copy(int depth, long from, long step, long to);

    /**
     * Stores or adds the first {@code height} rows of a full-width tile to rows of {@code c}, {@code pitch} bytes
     * apart.
     */
    public abstract void merge(long tile, int height, long c, long pitch, boolean add);
}

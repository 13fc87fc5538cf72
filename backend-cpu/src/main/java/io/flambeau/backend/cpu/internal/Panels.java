package io.flambeau.backend.cpu.internal;

/** The right factor of a product, as something that packs its own panels: a matrix, or the columns of a convolution. */
@FunctionalInterface
public interface Panels {
    /**
     * Writes rows {@code row} to {@code row + depth - 1} of columns {@code col} to {@code col + width - 1} to
     * {@code to}, as {@code [depth][cols]} with zeros in the columns from {@code width} on.
     */
    void pack(long row, int depth, long col, int width, int cols, long to);
}

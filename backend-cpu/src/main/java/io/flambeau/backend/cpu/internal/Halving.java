package io.flambeau.backend.cpu.internal;

/** The greatest of each window of two by two of two neighbouring rows, and its place. */
@FunctionalInterface
public interface Halving {
    /**
     * @param x the plane
     * @param first the place of the first window's corner
     * @param width the elements of a row
     * @param places of type I64
     */
    void run(int n, long x, int first, int width, long values, long places);
}

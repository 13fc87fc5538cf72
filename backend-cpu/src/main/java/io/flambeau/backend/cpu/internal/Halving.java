package io.flambeau.backend.cpu.internal;

/** The greatest of each window of two by two of a plane, and its place. */
@FunctionalInterface
public interface Halving {
    /**
     * @param rows of windows
     * @param n windows in a row
     * @param x the plane
     * @param width the elements of a row of the plane
     * @param places of type I64
     */
    void run(int rows, int n, long x, int width, long values, long places);
}
